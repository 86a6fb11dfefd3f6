package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HelpTextTest {
    @Test
    void showsAFirstSentenceWholeAndLetsTheTerminalBreakTheRest() {
        assertThat(HelpText.paragraphs(
                        "Sends a file", "away. Nothing of", "it is delivered.", "", "Example: reject A", "   and B"))
                .containsExactly(
                        "Sends a file away.", "Nothing of it is delivered.", "", "Example: reject A", "   and B");
        assertThat(HelpText.paragraphs("One line.")).containsExactly("One line.");
        assertThat(HelpText.paragraphs()).isEmpty();
    }

    @Test
    void listsEveryCommandWithASentenceThatEnds() {
        PosbridgeCommand.line("help").getSubcommands().forEach((name, command) -> assertThat(
                        command.getCommandSpec().usageMessage().description()[0])
                .as(name)
                .endsWith("."));
    }
}
