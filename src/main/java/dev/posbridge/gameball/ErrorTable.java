package dev.posbridge.gameball;

/**
 * Gameball's errors by meaning. The status decides where the fault is not the record's, whatever the body says: a proxy
 * may have written it.
 */
final class ErrorTable {
    private ErrorTable() {}

    /**
     * @param status of an answer that is no success
     * @param code Gameball's, or null
     * @param page whether the body is a page for people: then it was not Gameball who answered
     */
    static Meaning meaning(int status, Integer code, boolean page) {
        return switch (status) {
            case 401, 403 -> code != null && isDisabled(code) ? Meaning.ACCOUNT_DISABLED : Meaning.KEY_REFUSED;
            case 429 -> Meaning.QUOTA_SPENT;
            case 408 -> Meaning.SERVICE_FAILING;
            // A whole night must not die because a proxy has no such page.
            case 404, 405, 407 -> page ? Meaning.WRONG_ADDRESS : ofCode(code);
            default ->
                switch (status / 100) {
                    case 3 -> Meaning.WRONG_ADDRESS;
                    case 4 -> ofCode(code);
                    default -> Meaning.SERVICE_FAILING;
                };
        };
    }

    private static Meaning ofCode(Integer code) {
        return switch (code == null ? 0 : code) {
            case 1000, 1001, 1002, 8000 -> Meaning.KEY_REFUSED;
            case 6000, 6001 -> Meaning.ACCOUNT_DISABLED;
            case 2001 -> Meaning.CUSTOMER_BUSY;
            case 429 -> Meaning.QUOTA_SPENT;
            case 5000, 5003 -> Meaning.SERVICE_FAILING;
            case 7000 -> Meaning.CUSTOMER_UNKNOWN;
            case 9002, 9005 -> Meaning.SALE_NOT_THERE;
            case 9004 -> Meaning.ID_TAKEN;
            case 9003 -> Meaning.TIME_TAKEN;
            case 9006, 9008 -> Meaning.REDEMPTION_GONE;
            case 7002, 7003, 7004, 7005, 7006 -> Meaning.REFERRAL_REFUSED;
            case 3009 -> Meaning.CUSTOMER_INACTIVE;
            case 9000, 9001, 3011 -> Meaning.NOT_REVERSIBLE;
            case 7001 -> Meaning.CUSTOMER_EXISTS;
            default -> Meaning.PAYLOAD_WRONG;
        };
    }

    private static boolean isDisabled(int code) {
        return code == 6000 || code == 6001;
    }
}
