package dev.posbridge.ledger;

import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which dead letters are meant; null means every one.
 *
 * @param reason its code
 * @param file name of the file, without folder
 * @param level row, record, file or message
 * @param closed whether replayed and discarded ones are meant too
 */
public record DeadLetterFilter(String vendor, String reason, String file, String level, boolean closed) {
    /** Every open one. */
    public static final DeadLetterFilter OPEN = new DeadLetterFilter(null, null, null, null, false);

    /** A file that is still being read may yet be rejected, and its dead letters with it. */
    static final String WHERE =
            "where (cast(:vendor as text) is null or d.vendor = :vendor) and (cast(:reason as text) is null or d.reason = :reason) "
                    + "and (cast(:file as text) is null or f.name = :file) and (cast(:level as text) is null or d.level = :level) "
                    + "and (:closed = 1 or d.state = 0) and (d.level = 'file' or f.id is null or f.state in (1, 2)) ";

    /** Whether nothing narrows it. */
    public boolean isEverything() {
        return vendor == null && reason == null && file == null && level == null;
    }

    <T extends SqlStatement<T>> T bind(T statement) {
        return statement
                .bind("vendor", vendor)
                .bind("reason", reason)
                .bind("file", file)
                .bind("level", level)
                .bind("closed", closed);
    }
}
