package dev.posbridge.gameball;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gameball's errors by meaning. The status decides where the fault is not the record's, whatever the body says: a proxy
 * may have written it.
 */
final class ErrorTable {
    private static final Map<Integer, Meaning> BY_CODE = Stream.of(Meaning.values())
            .flatMap(meaning -> meaning.codes().stream().map(code -> Map.entry(code, meaning)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ErrorTable() {}

    /**
     * @param status of an answer that is no success
     * @param code Gameball's, or null
     * @param page whether the body is a page for people: then it was not Gameball who answered
     */
    static Meaning meaning(int status, Integer code, boolean page) {
        return switch (status) {
            case 401, 403 -> ofCode(code) == Meaning.ACCOUNT_DISABLED ? Meaning.ACCOUNT_DISABLED : Meaning.KEY_REFUSED;
            case 429 -> Meaning.QUOTA_SPENT;
            case 408 -> Meaning.SERVICE_FAILING;
            case 404, 405, 407 -> ofPlace(status, code, page);
            // What is about one call's own content, page or not.
            case 413, 414, 422, 431 -> ofCode(code);
            default -> ofKind(status / 100, code, page);
        };
    }

    /** A whole night must not die because a proxy has no such page; Gameball says its code. */
    private static Meaning ofPlace(int status, Integer code, boolean page) {
        if (page) {
            return Meaning.WRONG_ADDRESS;
        }
        return isNone(status, code) ? Meaning.NOTHING_THERE : ofCode(code);
    }

    private static Meaning ofKind(int hundreds, Integer code, boolean page) {
        return switch (hundreds) {
            case 3 -> Meaning.WRONG_ADDRESS;
            case 4 -> page && code == null ? Meaning.NOTHING_THERE : ofCode(code);
            default -> Meaning.SERVICE_FAILING;
        };
    }

    /** Other servers repeat the status where Gameball says its code. */
    private static boolean isNone(int status, Integer code) {
        return code == null || code == status;
    }

    private static Meaning ofCode(Integer code) {
        return code == null ? Meaning.PAYLOAD_WRONG : BY_CODE.getOrDefault(code, Meaning.PAYLOAD_WRONG);
    }
}
