package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as it is shipped. */
class LogFileTest {
    @Test
    void masksMobileNumbersAndMailAddressesInMessagesAndStackTraces(@TempDir Path folder)
            throws IOException, JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty("posbridge.log.dir", folder.toString());
        context.putProperty("posbridge.console.level", "OFF");
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("config/logback.xml").toFile());

        context.getLogger("dev.posbridge.Test")
                .warn(
                        "sale of {} failed",
                        "+447700900123",
                        new IllegalStateException("customer jane@example.org", new IOException("mobile_447700900123")));
        context.stop();

        assertThat(Files.readString(folder.resolve("posbridge.log")))
                .contains("WARN", "sale of ", "IllegalStateException", "Caused by: java.io.IOException")
                .doesNotContain("7700900", "jane@");
    }
}
