package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class NextCommandsTest {
    private final NextCommands next = NextCommands.after(
                    "ingest",
                    "--vendor",
                    "acme",
                    "--data-dir",
                    "/tmp/try",
                    "--set=posbridge.gameball.url=http://x:1",
                    "f")
            .orElseThrow();

    @Test
    void addsTheOptionsThatWereInUseToACommandThatIsProposed() {
        String options = "posbridge --data-dir /tmp/try --set posbridge.gameball.url=http://x:1 ";
        assertThat(next.in("1 rejected file need a person. See: posbridge dead-letters list"))
                .isEqualTo("1 rejected file need a person. See: " + options + "dead-letters list");
        assertThat(next.in("Then: posbridge release FILE --reason T, or posbridge reject FILE --reason T"))
                .isEqualTo("Then: " + options + "release FILE --reason T, or " + options + "reject FILE --reason T");
        assertThat(next.in("  look closer    posbridge check --vendor acme f"))
                .isEqualTo("  look closer    " + options + "check --vendor acme f");
        assertThat(next.in("Look first: posbridge correct --records \"a\" --dry-run --reason T; without"))
                .isEqualTo("Look first: " + options + "correct --records \"a\" --dry-run --reason T; without");
    }

    @Test
    void leavesWhatIsToldOfAndWhatSaysItselfWhere() {
        for (String text : new String[] {
            "data: in use by posbridge run, process 12.",
            "Delivery is paused: 'posbridge resume' lifts it.",
            "  posbridge demo                     once more",
            "See: posbridge status --data-dir other",
            "the next posbridge run delivers it"
        }) {
            assertThat(next.in(text)).isEqualTo(text);
        }
    }

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(NextCommands.after("status", "--data-dir", "my data")
                        .orElseThrow()
                        .in("See: posbridge trace"))
                .isEqualTo("See: posbridge --data-dir 'my data' trace");
    }

    @Test
    void addsNothingWhereNothingWasGivenOrAProgramReadsIt() {
        assertThat(NextCommands.after("status")).isEmpty();
        assertThat(NextCommands.after("status", "--data-dir", "x", "--json")).isEmpty();
        assertThat(NextCommands.after("status", "--data-dir", "x", "--help")).isEmpty();
        assertThat(NextCommands.after("trace", "--", "--data-dir", "x")).isEmpty();
    }

    @Test
    void printsAsItIsWrittenToTheEndOfEachLine() {
        StringWriter seen = new StringWriter();
        PrintWriter out = next.to(new PrintWriter(seen));
        out.printf("%d held. See: posbridge held list%n", 1);
        out.print("at 10 %\r");
        out.flush();
        assertThat(seen)
                .hasToString(
                        "1 held. See: posbridge --data-dir /tmp/try --set posbridge.gameball.url=http://x:1 held list"
                                + System.lineSeparator() + "at 10 %\r");
    }
}
