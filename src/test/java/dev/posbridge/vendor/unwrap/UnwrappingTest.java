package dev.posbridge.vendor.unwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posbridge.FileRejectedException;
import dev.posbridge.pos.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files come packed in, and what somebody might send instead. */
class UnwrappingTest {
    private static final String TEXT = "kind,id\nsale,1\n";
    private static final byte[] PLAIN = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void takesFilesOutOfEachLayerAndLeavesPlainOnesAlone() throws IOException {
        Unwrapping unwrapping = of(new ZipStep(), new GzipStep());

        assertThat(read(unwrapping, "a.csv.gz", gzip(PLAIN))).isEqualTo(TEXT);
        assertThat(read(unwrapping, "a.csv.zip", zip("a.csv", PLAIN))).isEqualTo(TEXT);
        assertThat(read(unwrapping, "a.csv.gz.zip", zip("a.csv.gz", gzip(PLAIN))))
                .isEqualTo(TEXT);
        assertThat(read(unwrapping, "a.csv", PLAIN)).isEqualTo(TEXT);
    }

    @Test
    void knowsWhatAFileIsCalledWithin() throws IOException {
        Unwrapping unwrapping = of(new ZipStep(), new GzipStep());
        Path night = Files.write(folder.resolve("night.zip"), zip("day/EOD_07.csv.gz", PLAIN));

        assertThat(unwrapping.nameWithin("EOD_07.csv.GZ")).isEqualTo("EOD_07.csv");
        assertThat(unwrapping.nameWithin(night)).isEqualTo("EOD_07.csv");
        assertThat(unwrapping.nameWithin(".gz")).isEqualTo(".gz");
    }

    @Test
    void refusesWhatIsDamagedCutOffOrSomethingElse() throws IOException {
        byte[] packed = gzip(new byte[10_000]);

        assertRefused(of(new GzipStep()), "a.gz", PLAIN, "gzip failed: Not in GZIP format");
        assertRefused(of(new GzipStep()), "a.gz", java.util.Arrays.copyOf(packed, packed.length / 2), "gzip failed: ");
        assertRefused(of(new ZipStep()), "a.zip", PLAIN, "zip failed: it holds no file, or is no zip");
    }

    @Test
    void refusesBombs() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);
        Unwrapping small = new Unwrapping(List.of(new GzipStep()), 1 << 20);

        assertRefused(of(new GzipStep()), "a.gz", bomb, "more than 300 of each");
        assertRefused(of(new ZipStep()), "a.zip", zip("a.csv", new byte[64 << 20]), "more than 300 of each");
        assertRefused(of(new ZipStep(), new GzipStep()), "a.gz.zip", zip("a.gz", bomb), "more than 300 of each");
        assertRefused(small, "a.gz", bomb, "more than 1048576 bytes come out of it");
    }

    @Test
    void refusesNamesInAZipThatLeadAnywhere() throws IOException {
        for (String name : List.of("../a.csv", "/etc/cron.d/a", "a/../../b.csv", "..\\a.csv", "C:\\a.csv", ".hidden")) {
            assertRefused(of(new ZipStep()), "a.zip", zip(name, PLAIN), "the name of its member is refused");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAZipOfSeveralFilesOrManyFolders() throws IOException {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(many)) {
            for (int i = 0; i < 1000; i++) {
                zip.putNextEntry(new ZipEntry("d" + i + "/"));
            }
        }
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(two)) {
            for (String name : List.of("a.csv", "b.csv")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(PLAIN);
            }
        }

        assertRefused(of(new ZipStep()), "a.zip", two.toByteArray(), "it holds more than one file, expected one.");
        assertRefused(of(new ZipStep()), "a.zip", many.toByteArray(), "it holds more than 100 folders");
    }

    @Test
    void decryptsWhatIsMeantForUsAndWasNotChanged() throws Exception {
        PGPSecretKey ours = key("passphrase");
        Path keyFile = Files.write(folder.resolve("ours.key"), ours.getEncoded());
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "passphrase\n");
        Unwrapping unwrapping = of(new PgpStep(keyFile, passphrase), new GzipStep());
        byte[] packed = encrypt(gzip(PLAIN), ours.getPublicKey());

        assertThat(read(unwrapping, "a.csv.gz.pgp", packed)).isEqualTo(TEXT);
        assertRefused(unwrapping, "a.csv.pgp", encrypt(PLAIN, key("other").getPublicKey()), "not encrypted to our key");
        assertRefused(unwrapping, "a.csv.pgp", PLAIN, "pgp failed: ");
        byte[] changed = encrypt(PLAIN, ours.getPublicKey());
        changed[changed.length - 30] ^= 1;
        assertRefused(unwrapping, "a.csv.pgp", changed, "pgp failed: ");
        Files.writeString(passphrase, "wrong");
        assertRefused(unwrapping, "a.csv.gz.pgp", packed, "pgp failed: ");
    }

    @Test
    void runsACommandWithoutAnyOfOurSecrets() throws IOException {
        assertThat(read(of(command(SOON, "tr", "a-z", "A-Z")), "a.tool", PLAIN)).isEqualTo("KIND,ID\nSALE,1\n");
        assertThat(read(of(command(SOON, "env")), "a.tool", PLAIN))
                .matches("(?s)((PATH|LC_ALL|_|PWD|SHLVL)=[^\\n]*\\n)+");
    }

    @Test
    void refusesWhatACommandDoesNotEndWell() {
        assertRefused(
                of(command(SOON, "sh", "-c", "cat; echo no such sheet >&2; exit 3")),
                "a.tool",
                PLAIN,
                "command sh failed: it ended with 3: no such sheet.");
        assertRefused(
                of(command(Duration.ofMillis(200), "sh", "-c", "sleep 600")),
                "a.tool",
                PLAIN,
                "command sh failed: it ended with 137, killed after PT0.2S");
        assertRefused(of(command(SOON, "no-such-program")), "a.tool", PLAIN, "command no-such-program failed: ");
        assertRefused(
                new Unwrapping(List.of(command(SOON, "cat", "/dev/zero")), 1 << 20),
                "a.tool",
                PLAIN,
                "more than 1048576 bytes come out of it");
    }

    private static Step command(Duration timeout, String... arguments) {
        return new CommandStep(List.of(arguments), ".tool", timeout);
    }

    private static Unwrapping of(Step... steps) {
        return new Unwrapping(List.of(steps), 1L << 30);
    }

    private static String read(Unwrapping unwrapping, String name, byte[] packed) throws IOException {
        try (InputStream plain = unwrapping.open(name, new ByteArrayInputStream(packed))) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            plain.transferTo(text);
            return text.toString(StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(Unwrapping unwrapping, String name, byte[] packed, String problem) {
        assertThatThrownBy(() -> {
                    try (InputStream plain = unwrapping.open(name, new ByteArrayInputStream(packed))) {
                        plain.transferTo(OutputStream.nullOutputStream());
                    }
                })
                .isInstanceOfSatisfying(FileRejectedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.UNWRAP_FAILED))
                .hasMessageStartingWith(name + ": ")
                .hasMessageContaining(problem)
                .hasMessageEndingWith(Reason.UNWRAP_FAILED.remedy());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] zip(String name, byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(plain);
        }
        return packed.toByteArray();
    }

    private static PGPSecretKey key(String passphrase) throws Exception {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(
                new RSAKeyGenerationParameters(java.math.BigInteger.valueOf(65_537), new SecureRandom(), 2048, 80));
        PGPKeyPair pair = new BcPGPKeyPair(
                org.bouncycastle.bcpg.PublicKeyPacket.VERSION_4,
                PublicKeyAlgorithmTags.RSA_GENERAL,
                generator.generateKeyPair(),
                new Date());
        return new PGPSecretKey(
                PGPSignature.DEFAULT_CERTIFICATION,
                pair,
                "chain",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                null,
                null,
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).build(passphrase.toCharArray()));
    }

    private static byte[] encrypt(byte[] plain, PGPPublicKey key) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(
                new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).setWithIntegrityPacket(true));
        generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(key));
        try (OutputStream encrypted = generator.open(packed, new byte[4096]);
                OutputStream literal = new PGPLiteralDataGenerator()
                        .open(encrypted, PGPLiteralData.BINARY, "x", plain.length, new Date())) {
            literal.write(plain);
        }
        return packed.toByteArray();
    }
}
