package dev.posbridge.watch;

import java.util.List;

/** Which section of the runbook is about a concern. */
public final class Runbook {
    private static final List<String> SECTIONS = List.of(
            "alarms",
            "backlog",
            "broker",
            "dead letters",
            "delivery",
            "disk",
            "files of",
            "gameball",
            "held files",
            "intake",
            "ledger",
            "profile",
            "queue",
            "rejected files",
            "report to",
            "retention",
            "sets of",
            "sftp");

    private Runbook() {}

    /** Such as {@code docs/runbook.md#files-of}; the page itself for a concern that has no section. */
    public static String page(String concern) {
        return "docs/runbook.md"
                + SECTIONS.stream()
                        .filter(section -> concern.equals(section) || concern.startsWith(section + " "))
                        .findFirst()
                        .map(section -> "#" + section.replace(' ', '-'))
                        .orElse("");
    }
}
