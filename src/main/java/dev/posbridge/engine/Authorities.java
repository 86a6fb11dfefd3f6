package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom we believe that a server is who it says: the JDK's authorities, and those that an operator adds. */
public final class Authorities {
    private Authorities() {}

    /**
     * A context for TLS.
     *
     * @param added certificates in PEM form
     * @throws ConfigurationException where the file holds none
     */
    public static SSLContext context(Path added) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {with(added)}, null);
            return context;
        } catch (GeneralSecurityException problem) {
            throw unreadable(added, problem);
        }
    }

    static TrustManager with(Path added) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate ofTheJdk : ofTheJdk()) {
                all.setCertificateEntry("jdk-" + number++, ofTheJdk);
            }
            for (Certificate one : read(added)) {
                all.setCertificateEntry("added-" + number++, one);
            }
            return trusting(all);
        } catch (IOException | GeneralSecurityException problem) {
            throw unreadable(added, problem);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.isEmpty()) {
                throw new GeneralSecurityException("no certificate");
            }
            return read;
        }
    }

    private static X509Certificate[] ofTheJdk() throws GeneralSecurityException {
        return trusting(null).getAcceptedIssuers();
    }

    /** @param store null for the JDK's own */
    private static X509TrustManager trusting(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this JDK has no trust manager for X.509");
    }

    private static ConfigurationException unreadable(Path file, Exception problem) {
        return new ConfigurationException(
                "posbridge.gameball.authorities-file is " + file + ", from which no certificate could be read ("
                        + problem.getMessage() + "), expected certificates in PEM form. Correct the file.",
                problem);
    }
}
