package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NextCommandsTest {
    private static final String OPTIONS = "posbridge --data-dir /tmp/try --set posbridge.gameball.url=http://x:1 ";

    private final NextCommands next = NextCommands.after(
            "ingest", "--vendor", "acme", "--data-dir", "/tmp/try", "--set=posbridge.gameball.url=http://x:1", "f");

    @Test
    void addsTheOptionsThatWereInUseToACommandThatIsProposed() {
        assertThat(next.in("1 rejected file need a person. See: posbridge dead-letters list"))
                .isEqualTo("1 rejected file need a person. See: " + OPTIONS + "dead-letters list");
        assertThat(next.in("Then: posbridge release FILE --reason T, or posbridge reject FILE --reason T"))
                .isEqualTo("Then: " + OPTIONS + "release FILE --reason T, or " + OPTIONS + "reject FILE --reason T");
        assertThat(next.in("  look closer    posbridge check --vendor acme f"))
                .isEqualTo("  look closer    " + OPTIONS + "check --vendor acme f");
        assertThat(next.in("Delivery is paused: 'posbridge resume' lifts it."))
                .isEqualTo("Delivery is paused: '" + OPTIONS + "resume' lifts it.");
    }

    @Test
    void addsWhatACommandDoesNotSayItself() {
        assertThat(next.in("See: posbridge status --data-dir other"))
                .isEqualTo("See: posbridge --set posbridge.gameball.url=http://x:1 status --data-dir other");
        assertThat(next.in(next.in("See: posbridge status"))).isEqualTo("See: " + OPTIONS + "status");
    }

    @Test
    void leavesWhatIsToldOfAndTheDemoWhichHasAFolderOfItsOwn() {
        for (String text : new String[] {
            "data: is in use by \"posbridge run\".",
            "Running: posbridge run",
            "  posbridge demo                     once more",
            "the next posbridge run delivers it",
            "user posbridge owns it"
        }) {
            assertThat(next.in(text)).isEqualTo(text);
        }
    }

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(NextCommands.after("status", "--data-dir", "my data").in("See: posbridge trace"))
                .isEqualTo("See: posbridge --data-dir 'my data' trace");
    }

    @Test
    void beginsAsTheProgramWasCalled() {
        System.setProperty("posbridge.command", "./posbridge");
        try {
            assertThat(NextCommands.after("status").in("See: posbridge trace RECEIPT, or ./posbridge status"))
                    .isEqualTo("See: ./posbridge trace RECEIPT, or ./posbridge status");
        } finally {
            System.clearProperty("posbridge.command");
        }
    }

    @Test
    void addsNothingWhereNothingWasGiven() {
        assertThat(NextCommands.after("status").in("See: posbridge status")).isEqualTo("See: posbridge status");
        assertThat(NextCommands.after("trace", "--", "--data-dir", "x").in("See: posbridge status"))
                .isEqualTo("See: posbridge status");
    }

    @Test
    void leavesWhatProgramsReadAndTellsPeopleBesideIt() {
        assertThat(printed("ingest", "--data-dir", "x", "--json"))
                .isEqualTo("See: posbridge status\n See: posbridge --data-dir x status\n");
        assertThat(printed("ingest", "--data-dir", "x"))
                .isEqualTo("See: posbridge --data-dir x status\n See: posbridge --data-dir x status\n");
    }

    /** On both. */
    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine posbridge = Cli.commandLine(out, err, arguments);
        NextCommands.after(arguments).addTo(posbridge);
        for (PrintWriter one : List.of(posbridge.getOut(), posbridge.getErr())) {
            one.printf("See: posbridge status%n");
            one.flush();
        }
        return out + " " + err;
    }

    @Test
    void printsAsItIsWrittenToTheEndOfEachLine() {
        StringWriter seen = new StringWriter();
        CommandLine posbridge = Cli.commandLine(seen, seen, "status");
        next.addTo(posbridge);
        posbridge.getOut().printf("%d held. See: posbridge held list%n", 1);
        posbridge.getOut().print("at 10 %\r");
        posbridge.getOut().flush();
        assertThat(seen).hasToString("1 held. See: " + OPTIONS + "held list" + System.lineSeparator() + "at 10 %\r");
    }
}
