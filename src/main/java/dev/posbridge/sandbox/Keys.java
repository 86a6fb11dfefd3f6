package dev.posbridge.sandbox;

import com.sun.net.httpserver.Headers;

/** Who may call: {@code APIKey} always, {@code SecretKey} under v4.1, and checked wherever it is sent. */
final class Keys {
    private final String apiKey;
    private final String secretKey;

    Keys(SandboxSettings settings) {
        this.apiKey = settings.apiKey();
        this.secretKey = settings.secretKey();
    }

    void check(Headers headers, boolean secretDemanded) {
        String api = headers.getFirst("APIKey");
        String secret = headers.getFirst("SecretKey");
        if (isMissing(api)) {
            throw new Refusal(401, 1000, "the API key is missing");
        }
        if (apiKey != null && !apiKey.equals(api)) {
            throw new Refusal(401, 1000, "the API key is not valid");
        }
        if (isMissing(secret) && secretDemanded) {
            throw new Refusal(401, 1001, "the secret key is missing: v4.1 demands it");
        }
        if (!isMissing(secret) && secretKey != null && !secretKey.equals(secret)) {
            throw new Refusal(401, 1001, "the secret key is not valid");
        }
    }

    private static boolean isMissing(String key) {
        return key == null || key.isBlank();
    }
}
