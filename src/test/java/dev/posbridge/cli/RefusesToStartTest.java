package dev.posbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posbridge.FreePort;
import dev.posbridge.broker.PasswordHash;
import dev.posbridge.cli.Shop.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What would let the service start and then do nothing, or fail with every file, is said at once instead. */
@Timeout(60)
class RefusesToStartTest extends WithShop {
    private Run service(String... settings) {
        String[] arguments = new String[1 + 2 * settings.length];
        arguments[0] = "run";
        for (int i = 0; i < settings.length; i++) {
            arguments[1 + 2 * i] = "--set";
            arguments[2 + 2 * i] = settings[i];
        }
        return shop.run(arguments);
    }

    private void assertRefused(Run run, String message) {
        assertThat(run.err()).isEqualTo(message + "\n");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void withAWrongUsersFile() {
        Path users = shop.write("users", "tills\n");

        Run run = service(
                "posbridge.account.currency=GBP",
                "posbridge.broker.accept=tcp://127.0.0.1:" + FreePort.next(),
                "posbridge.broker.users-file=" + users);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(users + ":1: ").doesNotContain("Exception");
    }

    @Test
    void withoutAUsersFile() {
        Run run = service(
                "posbridge.account.currency=GBP",
                "posbridge.broker.accept=tcp://127.0.0.1:" + FreePort.next(),
                "posbridge.broker.users-file=" + home.resolve("nobody"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith(home.resolve("nobody") + ": ").doesNotContain("Exception:");
    }

    @Test
    void whereThePortOfTheBrokerIsInUse() throws IOException {
        Path users = shop.write("users", "tills " + PasswordHash.of("secret") + " tills\n");
        try (ServerSocket taken = new ServerSocket(FreePort.next(), 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    service(
                            "posbridge.account.currency=GBP",
                            "posbridge.sources.tills.queue=shop.receipts",
                            "posbridge.sources.tills.vendor=shop",
                            "posbridge.broker.accept=tcp://127.0.0.1:" + taken.getLocalPort(),
                            "posbridge.broker.users-file=" + users),
                    "posbridge.broker.accept: tcp://127.0.0.1:" + taken.getLocalPort()
                            + " cannot be opened (Address already in use), expected a free port of this machine. End the"
                            + " program that listens there, or name another port.");
        }
    }

    @Test
    void withoutARouteThatOthersCall() throws IOException {
        Files.delete(home.resolve("routes/intake.yaml"));
        Files.delete(home.resolve("routes/orders.yaml"));

        assertRefused(
                shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700900001,1.00,,A,1,1.00"),
                home.resolve("routes")
                        + ": found no route from direct:intake (called by file-inbox, message-file, sftp-drop,"
                        + " this program), expected one. Put back the file that came with Posbridge.\n"
                        + home.resolve("routes")
                        + ": found no route from direct:orders (called by route-by-kind), expected one."
                        + " Put back the file that came with Posbridge.");
        assertThat(shop.sandbox().book().orders()).isEmpty();
    }

    @Test
    void withoutTheRouteThatDelivers() throws IOException {
        Files.delete(home.resolve("routes/deliver.yaml"));
        Files.delete(home.resolve("routes/templates/jobs.yaml"));

        assertRefused(
                shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700900001,1.00,,A,1,1.00"),
                home.resolve("routes") + ": found no route \"deliver\", expected one. Put back the file that came with"
                        + " Posbridge.\n"
                        + home.resolve("routes")
                        + ": found no route template \"jobs\", expected one. Put back the file that"
                        + " came with Posbridge.");
    }

    @Test
    void withoutThePolicyForWhatFails() throws IOException {
        Files.delete(home.resolve("routes/error-handling.yaml"));

        assertRefused(
                shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700900001,1.00,,A,1,1.00"),
                home.resolve("routes") + ": found no route configuration, expected what becomes of a record that fails."
                        + " Put back the file that came with Posbridge.");
    }

    @Test
    void whereTheRoutesAreALinkOrEmpty() throws IOException {
        Path elsewhere = Files.move(home.resolve("routes"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("routes"), elsewhere);
        assertRefused(
                service("posbridge.account.currency=GBP"),
                home.resolve("routes")
                        + ": is a link, expected a folder: routes are not read through a link. Put the folder"
                        + " itself there.");

        Files.delete(home.resolve("routes"));
        Files.createDirectories(home.resolve("routes/templates"));
        assertRefused(
                service("posbridge.account.currency=GBP"),
                home.resolve("routes") + ": found no file *.yaml, expected the routes. Put back those that came with"
                        + " Posbridge.");
    }

    @Test
    void whereTheUrlOfGameballHasMoreThanTheServer() {
        for (String url : new String[] {
            "https://api.gameball.co/api/v4.0", "https://api.gameball.co/?x=1", "https://ann@api.gameball.co"
        }) {
            assertRefused(
                    shop.look("check", "--set", "posbridge.gameball.url=" + url),
                    "--set posbridge.gameball.url: posbridge.gameball.url is \"" + url
                            + "\", expected the server alone,"
                            + " without path, user or query; the path follows from posbridge.gameball.api-version. Write"
                            + " https://api.gameball.co.");
        }
    }

    @Test
    void aReplayOfAnEmptySheet() {
        shop.ingest("a.csv", "S,1,2026-01-31 12:00,07700900001,1.00,,A,1,1.00");
        Path empty = shop.write("empty.csv", "");
        Path header = shop.write("header.csv", "dead-letter-id,reason,Type\n");

        assertRefused(
                shop.run("dead-letters", "replay", "--from", empty.toString()),
                empty + ": is empty, expected a header and the corrected rows. Give a file that export wrote.");
        assertRefused(
                shop.run("dead-letters", "replay", "--from", header.toString()),
                header
                        + ": has a header and no rows, expected at least one corrected row. Export again, correct the rows and"
                        + " keep them in the file.");
    }

    @Test
    void anAnswerAboutNamesThatNobodyKnows() {
        shop.ingest("night.csv", "S,1,2026-01-31 12:00,07700900001,1.00,,A,1,1.00");

        assertRefused(
                shop.look("report", "--vendor", "shopp"),
                "--vendor is \"shopp\", found no profile and no file of that name. Did you mean \"shop\"? Known here: shop.");
        assertRefused(
                shop.look("report", "--file", "nigth.csv"),
                "--file is \"nigth.csv\", found no file of that name, without folder, that ever came. Did you mean"
                        + " \"night.csv\"? See: posbridge report");
        assertRefused(
                shop.look("dead-letters", "list", "--vendor", "shopp"),
                "--vendor is \"shopp\", found no profile and no file of that name. Did you mean \"shop\"? Known here: shop.");
        assertThat(shop.look("report", "--vendor", "shop", "--file", "night.csv")
                        .exit())
                .isZero();
    }
}
