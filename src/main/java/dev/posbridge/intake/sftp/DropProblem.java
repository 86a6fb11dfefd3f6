package dev.posbridge.intake.sftp;

import java.io.InterruptedIOException;
import java.util.Locale;

/** What went wrong with a server, in words that say what to do. JSch tells its exceptions apart by their messages alone. */
final class DropProblem {
    private DropProblem() {}

    static String of(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof InterruptedException || cause instanceof InterruptedIOException) {
            return "the server has fallen silent, the poll was broken off; it is tried again";
        }
        String message = Printable.of(cause.getMessage());
        String found = (cause.getClass().getSimpleName() + " " + message).toLowerCase(Locale.ROOT);
        if (found.contains("hostkey") || found.contains("host key")) {
            return "the server's host key is not the one in known-hosts-file (" + message
                    + "). Nothing is taken: ask the vendor whether the key was changed before you replace it";
        }
        if (found.contains("auth fail")
                || found.contains("auth cancel")
                || found.contains("too many authentication")
                || found.contains("password")) {
            return "the server refuses user, password or key (" + message
                    + "). Ask the vendor for a new one (has it expired?) and replace its file; no restart is needed";
        }
        if (found.contains("permission denied") || found.contains("no such file")) {
            return message + ". Correct the folder, or ask the vendor for the right to it";
        }
        return cause.getClass().getSimpleName() + ": " + message;
    }
}
