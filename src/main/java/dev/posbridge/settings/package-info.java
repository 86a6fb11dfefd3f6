/** What can be set: read once at the start, valid as a whole, every problem told at once. */
package dev.posbridge.settings;
