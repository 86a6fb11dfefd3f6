package dev.posbridge.pos;

/**
 * Where a receipt was rung up. Gameball's merchant is the chain, its branch the store.
 *
 * @param merchantId the chain, or null where the account has only one
 * @param branchId the store's number or code, or null
 */
public record Store(String merchantId, String merchantName, String branchId, String branchName) {}
