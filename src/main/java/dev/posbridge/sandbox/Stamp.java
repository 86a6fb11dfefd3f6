package dev.posbridge.sandbox;

/** When something arrived: its place among everything, and the wall clock. */
record Stamp(long sequence, long millis) {}
