package dev.posbridge.ledger;

/** A record and how its attempt, or its verification, ended. */
public record Settlement(long recordId, Outcome outcome) {}
