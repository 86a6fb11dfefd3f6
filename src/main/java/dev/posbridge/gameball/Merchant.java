package dev.posbridge.gameball;

import dev.posbridge.pos.Store;

/** The chain and the store of it where a receipt was rung up. */
public record Merchant(String uniqueId, String name, Branch branch) {

    /** @param uniqueId the store; Gameball requires it wherever a branch is given */
    public record Branch(String uniqueId, String name) {}

    /** Null where the store tells nothing that Gameball takes. */
    static Merchant of(Store store) {
        if (store == null) {
            return null;
        }
        Branch branch = store.branchId() == null ? null : new Branch(store.branchId(), store.branchName());
        boolean empty = store.merchantId() == null && store.merchantName() == null && branch == null;
        return empty ? null : new Merchant(store.merchantId(), store.merchantName(), branch);
    }
}
