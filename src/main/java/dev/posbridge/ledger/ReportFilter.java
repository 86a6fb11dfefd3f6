package dev.posbridge.ledger;

import java.time.LocalDate;

/**
 * Which files and days a report is about; null means every one.
 *
 * @param file name of the file, without folder
 * @param from first business date, to the last
 */
public record ReportFilter(String vendor, String file, LocalDate from, LocalDate to) {
    public boolean covers(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to));
    }
}
