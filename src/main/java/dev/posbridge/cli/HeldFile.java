package dev.posbridge.cli;

import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import dev.posbridge.ShellWord;
import dev.posbridge.ledger.FileState;
import dev.posbridge.ledger.HoldBook;
import dev.posbridge.ledger.HoldBook.Held;
import dev.posbridge.pos.Reason;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Parameters;

/** The file that a command names; a part of its command line. */
final class HeldFile {
    @Parameters(paramLabel = "FILE", description = "Its name; VENDOR/NAME where two vendors have one of that name.")
    private String name;

    /** @throws ConfigurationException where none of this name is held, or more than one is */
    Held held(HoldBook book) {
        List<String> names = book.held().stream().map(Held::name).toList();
        return one(
                book,
                one -> one.state() == FileState.HELD || one.customers() > 0,
                "is not held, it is ",
                names.isEmpty() ? "Nothing is held." : "no file of this name came." + Nearest.hint(name, names));
    }

    /** @throws ConfigurationException where none of this name was rejected for that */
    Held rejected(HoldBook book, HoldBook.Approval despite) {
        return one(
                book,
                one -> one.overruledBy().filter(despite::equals).isPresent() || despite == one.approved(),
                "was not rejected for " + despite.fault() + ", it is ",
                "no file of this name came."
                        + Nearest.question(name, book.names().files())
                        + " See: posbridge dead-letters list --level file");
    }

    private Held one(HoldBook book, Predicate<Held> wanted, String isNot, String unknown) {
        List<Held> named = book.named(name);
        List<Held> found = named.stream().filter(wanted).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.size() > 1 && found.stream().map(Held::vendor).distinct().count() > 1) {
            throw new ConfigurationException("\"" + name + "\" names files of "
                    + String.join(
                            ", ", found.stream().map(Held::vendor).distinct().toList()) + ". Write VENDOR/" + name
                    + ".");
        }
        if (!found.isEmpty()) {
            return found.get(0);
        }
        if (named.isEmpty()) {
            throw new ConfigurationException("\"" + name + "\": " + unknown);
        }
        Held newest = named.get(0);
        boolean taken = newest.state() == FileState.RELEASED || newest.state() == FileState.SETTLED;
        throw new ConfigurationException("\"" + name + "\": " + isNot
                + (taken ? "taken in" : newest.state().word())
                + (newest.reason() == null ? "" : " (" + newest.reason() + ")") + "." + wayOn(newest));
    }

    /** What decides about it instead. */
    private static String wayOn(Held newest) {
        String file = ShellWord.of(newest.vendor() + '/' + newest.name());
        if (newest.state() == FileState.HELD) {
            return " Then: posbridge release " + file + " --reason T, or posbridge reject " + file + " --reason T";
        }
        if (newest.state() != FileState.REJECTED) {
            return "";
        }
        return switch (Reason.ofCode(newest.reason())) {
            case CONTROL_TOTALS_WRONG -> accept(file, "totals");
            case TOO_MANY_BAD_ROWS -> accept(file, "bad-rows");
            default -> " It lies at " + newest.path() + "; to decide anew deliver it again.";
        };
    }

    private static String accept(String file, String despite) {
        return " To take it in all the same: posbridge accept " + file + " --despite " + despite + " --reason T";
    }
}
