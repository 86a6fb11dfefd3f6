package dev.posbridge.settings;

import dev.posbridge.ConfigurationException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Which keys hold a secret itself, and not the file that does. */
public final class SecretKeys {
    private static final Pattern SECRET =
            Pattern.compile("(?:.*[.-])?(?:api-key|secret-key|password|passphrase|token)", Pattern.CASE_INSENSITIVE);

    private SecretKeys() {}

    static boolean isOne(String key) {
        return SECRET.matcher(key).matches();
    }

    /** @throws ConfigurationException naming each secret among the keys of a command line, and never its value */
    public static void refuseOnCommandLine(Collection<String> keys) {
        List<String> problems = keys.stream()
                .filter(SecretKeys::isOne)
                .sorted()
                .map(key -> "--set " + key + ": found a secret on the command line, where everybody on this machine can"
                        + " read it in the list of processes, expected it elsewhere. Set the environment variable "
                        + KnownSettings.environmentName(key) + ", or name a file that holds it in " + key + "-file.")
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
