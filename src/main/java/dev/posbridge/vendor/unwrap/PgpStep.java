package dev.posbridge.vendor.unwrap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;

/**
 * {@code unwrap: pgp}: encrypted to our key. What is not protected against change is refused, what was changed is found at
 * its end. Signatures are not checked.
 *
 * @param keyFile our secret key
 * @param passphraseFile of the key, or null
 */
public record PgpStep(Path keyFile, Path passphraseFile) implements Step {
    /** Encrypted, compressed, signed, literal: nobody needs more layers. */
    private static final int MOST_LAYERS = 8;

    @Override
    public String word() {
        return "pgp";
    }

    @Override
    public List<String> endings() {
        return List.of(".pgp", ".gpg", ".asc");
    }

    @Override
    public InputStream open(InputStream packed) throws IOException {
        try {
            PGPPublicKeyEncryptedData encrypted = null;
            BcPGPObjectFactory objects = new BcPGPObjectFactory(PGPUtil.getDecoderStream(packed));
            for (int layer = 0; layer < MOST_LAYERS; layer++) {
                Object found = objects.nextObject();
                if (found == null) {
                    throw new IOException("it holds no file");
                } else if (found instanceof PGPEncryptedDataList list) {
                    PGPSecretKeyRingCollection keys = keys();
                    encrypted = forUs(list, keys);
                    objects = new BcPGPObjectFactory(decrypt(encrypted, keys));
                } else if (found instanceof PGPCompressedData compressed) {
                    objects = new BcPGPObjectFactory(compressed.getDataStream());
                } else if (found instanceof PGPLiteralData literal) {
                    return content(literal, encrypted, packed);
                }
            }
            throw new IOException("it has more than " + MOST_LAYERS + " layers");
        } catch (PGPException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private static InputStream content(PGPLiteralData literal, PGPPublicKeyEncryptedData encrypted, InputStream packed)
            throws IOException {
        if (encrypted == null) {
            throw new IOException("it is not encrypted, expected a file encrypted to our key");
        }
        return new Verified(literal.getInputStream(), encrypted, packed);
    }

    private PGPSecretKeyRingCollection keys() throws IOException, PGPException {
        try (InputStream key = PGPUtil.getDecoderStream(Files.newInputStream(keyFile))) {
            return new BcPGPSecretKeyRingCollection(key);
        }
    }

    private static PGPPublicKeyEncryptedData forUs(PGPEncryptedDataList list, PGPSecretKeyRingCollection keys)
            throws IOException, PGPException {
        Iterator<PGPEncryptedData> recipients = list.iterator();
        while (recipients.hasNext()) {
            if (recipients.next() instanceof PGPPublicKeyEncryptedData one
                    && keys.getSecretKey(one.getKeyIdentifier().getKeyId()) != null) {
                if (!one.isIntegrityProtected()) {
                    throw new IOException("it is not protected against change, expected an MDC (gpg's default)");
                }
                return one;
            }
        }
        throw new IOException("it is not encrypted to our key "
                + keys.iterator().next().getPublicKey().getKeyIdentifier());
    }

    private InputStream decrypt(PGPPublicKeyEncryptedData encrypted, PGPSecretKeyRingCollection keys)
            throws IOException, PGPException {
        PGPSecretKey key = keys.getSecretKey(encrypted.getKeyIdentifier().getKeyId());
        char[] passphrase = passphraseFile == null
                ? new char[0]
                : Files.readString(passphraseFile).strip().toCharArray();
        return encrypted.getDataStream(new BcPublicKeyDataDecryptorFactory(key.extractPrivateKey(
                new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase))));
    }

    /** Looks at the end whether the content was changed on its way. */
    private static final class Verified extends FilterInputStream {
        private final PGPPublicKeyEncryptedData encrypted;
        private final InputStream packed;
        private boolean ended;

        Verified(InputStream content, PGPPublicKeyEncryptedData encrypted, InputStream packed) {
            super(content);
            this.encrypted = encrypted;
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0 && !ended) {
                ended = true;
                verify();
            }
            return read;
        }

        private void verify() throws IOException {
            try {
                if (!encrypted.verify()) {
                    throw new IOException("it was changed after it was encrypted");
                }
            } catch (PGPException problem) {
                throw new IOException(problem.getMessage(), problem);
            }
        }

        @Override
        public void close() throws IOException {
            packed.close();
        }
    }
}
