package dev.posbridge.gameball;

/** An element of {@code batch/balance-inquiry}: is this customer known? */
public record BalanceInquiry(String customerId) {}
