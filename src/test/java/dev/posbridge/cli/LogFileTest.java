package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as it is shipped. */
class LogFileTest {
    @TempDir
    private Path folder;

    private LoggerContext shipped() throws JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty("posbridge.log.dir", folder.toString());
        context.putProperty("posbridge.console.level", "OFF");
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("config/logback.xml").toFile());
        return context;
    }

    @Test
    void masksMobileNumbersAndMailAddressesInMessagesAndStackTraces() throws IOException, JoranException {
        LoggerContext context = shipped();

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

    @Test
    void tellsAThousandWarningsOfOneCauseOnceWhoeverLogsThem() throws IOException, JoranException {
        LoggerContext context = shipped();

        for (int request = 0; request < 1_000; request++) {
            context.getLogger("dev.posbridge.checkout.Desk")
                    .warn("A request on {} has no temporary queue ({} so far)", "balance", request);
            context.getLogger("org.example.Library").warn("connection " + request + " failed");
            context.getLogger("org.example.Library").error("frame of {} bytes", request);
            context.getLogger("dev.posbridge.intake.Intake").info("file={}", request);
        }
        context.getLogger("dev.posbridge.checkout.Desk").warn("another cause");
        context.stop();

        assertThat(Files.readAllLines(folder.resolve("posbridge.log")))
                .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .hasSize(4);
        assertThat(Files.readAllLines(folder.resolve("posbridge.log")))
                .filteredOn(line -> line.contains(" INFO "))
                .hasSize(1_000);
    }

    @Test
    void cutsALineThatQuotesTooMuch() throws IOException, JoranException {
        LoggerContext context = shipped();

        context.getLogger("dev.posbridge.Test").warn("row {} is none", "x".repeat(1_000_000));
        context.stop();

        assertThat(Files.size(folder.resolve("posbridge.log"))).isLessThan(10_000);
    }

    @Test
    void keepsLogFilesWithinAGigabyteAndAFortnight() throws JoranException {
        LoggerContext context = shipped();

        RollingFileAppender<ILoggingEvent> file =
                (RollingFileAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("file");
        SizeAndTimeBasedRollingPolicy<?> policy = (SizeAndTimeBasedRollingPolicy<?>) file.getRollingPolicy();
        assertThat(policy.getMaxHistory()).isEqualTo(14);
        assertThat(Files.isRegularFile(folder.resolve("posbridge.log"))).isTrue();
        assertThat(policy.getFileNamePattern()).endsWith("posbridge.%d.%i.log.gz");
        context.stop();
    }
}
