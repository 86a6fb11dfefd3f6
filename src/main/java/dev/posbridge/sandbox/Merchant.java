package dev.posbridge.sandbox;

import java.util.Set;

/** The {@code merchant} object of orders and refunds. */
final class Merchant {
    private static final Set<String> MERCHANT = Set.of("uniqueId", "name", "branch");
    private static final Set<String> BRANCH = Set.of("uniqueId", "name");

    private Merchant() {}

    /** The branch's unique id, or null; interned, for a million orders come from a few branches. */
    static String branch(Fields owner) {
        Fields merchant = owner.object("merchant");
        if (merchant == null) {
            return null;
        }
        merchant.only(MERCHANT).text("uniqueId");
        merchant.text("name");
        Fields branch = merchant.object("branch");
        if (branch == null) {
            return null;
        }
        branch.only(BRANCH).text("name");
        return branch.requiredText("uniqueId").intern();
    }
}
