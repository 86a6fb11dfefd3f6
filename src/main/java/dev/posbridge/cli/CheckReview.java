package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.gameball.Masking;
import dev.posbridge.operations.CheckResult;
import dev.posbridge.operations.FileCheck;
import dev.posbridge.operations.Understood;
import dev.posbridge.pos.Money;
import dev.posbridge.pos.RecordKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * A dry run as one page that a merchant looks through and signs: sums, what is left out and why, and the first receipts
 * beside their rows. Phone numbers, e-mail addresses and long numbers in rows are masked; the page needs nothing else.
 */
final class CheckReview {
    /** Card and phone numbers; receipts' numbers are mostly shorter. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![\\d.])\\d{4,}(?=\\d{3}(?![\\d.]))");

    private final StringBuilder page = new StringBuilder(64 * 1024);
    private final CheckResult result;

    private CheckReview(CheckResult result) {
        this.result = result;
    }

    /** @throws ConfigurationException where the page cannot be written */
    static void write(CheckResult result, Path file) {
        CheckReview review = new CheckReview(result);
        review.head();
        result.files().forEach(review::file);
        review.foot();
        try {
            Files.writeString(file, review.page);
        } catch (IOException problem) {
            throw new ConfigurationException(
                    "--out " + file + ": cannot be written (" + problem.getMessage()
                            + "). Give a path in a folder of yours.",
                    problem);
        }
    }

    private void head() {
        page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Review of ")
                .append(text(result.profile().vendor()))
                .append(
                        "</title>\n<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}")
                .append(
                        "table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3rem .5rem;text-align:left;")
                .append(
                        "vertical-align:top}td.n{text-align:right}pre{margin:0;white-space:pre-wrap}.DEAD{background:#fde4e1}")
                .append(
                        ".SKIPPED{background:#f1f1f1}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}")
                .append(".DEAD{background:#4a1f1b}.SKIPPED{background:#2a2a2a}}</style></head><body>\n<h1>")
                .append(text(result.profile().vendor()))
                .append("</h1>\n<p>")
                .append(text(result.profile().description()))
                .append("</p>\n<p>What Posbridge would send of these files. Nothing was sent.</p>\n");
    }

    private void file(FileCheck file) {
        page.append("<h2>").append(text(file.name())).append("</h2>\n");
        if (file.isRejected()) {
            page.append("<p class=\"DEAD\">The whole file would be rejected: ")
                    .append(text(file.outcome().rejection().getMessage()))
                    .append("</p>\n");
        }
        if (file.hold() != null) {
            page.append("<p class=\"DEAD\">It would be held until a person has looked: ")
                    .append(text(file.hold().message()))
                    .append("</p>\n");
        }
        page.append("<table><tr><th>what</th><th>how many</th><th>money</th></tr>\n");
        row("rows", file.outcome().rows(), "");
        row("receipts", file.outcome().receipts(), "");
        for (RecordKind kind : RecordKind.values()) {
            if (file.count(kind) > 0) {
                row(kind.word(), file.count(kind), money(kind, file));
            }
        }
        file.skipped().forEach((reason, count) -> row("left out: " + reason.code(), count, ""));
        row("cannot be understood", file.bad(), "");
        page.append("</table>\n<h3>The first ")
                .append(file.understood().size())
                .append(" receipts, as the till wrote them and as they are understood</h3>\n")
                .append("<table><tr><th>where</th><th>rows</th><th>understood as</th></tr>\n");
        file.understood().forEach(this::receipt);
        page.append("</table>\n");
    }

    private void row(String what, long count, String money) {
        page.append("<tr><td>")
                .append(text(what))
                .append("</td><td class=\"n\">")
                .append(count)
                .append("</td><td class=\"n\">")
                .append(text(money))
                .append("</td></tr>\n");
    }

    private void receipt(Understood receipt) {
        page.append("<tr class=\"")
                .append(receipt.state())
                .append("\"><td>")
                .append(text(receipt.place()))
                .append("</td><td><pre>")
                .append(text(receipt.raw()))
                .append("</pre></td><td>")
                .append(text(receipt.words()))
                .append("</td></tr>\n");
    }

    private void foot() {
        page.append(
                "<p>Looked through and found right:</p>\n<p>Name, date: ______________________________</p>\n</body></html>\n");
    }

    private String money(RecordKind kind, FileCheck file) {
        BigDecimal amount =
                switch (kind) {
                    case SALE -> file.sales();
                    case REFUND -> file.refunds();
                    default -> null;
                };
        return amount == null
                ? ""
                : new Money(amount, Currency.getInstance(result.account().currency())).toString();
    }

    /** Masked, and harmless in a page: what a till writes is text, never markup. */
    private static String text(String value) {
        String masked = LONG_NUMBER.matcher(Masking.mask(value)).replaceAll("****");
        return masked.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
