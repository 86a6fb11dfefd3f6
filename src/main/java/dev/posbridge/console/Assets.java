package dev.posbridge.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Style, script and icon: these files, and no others. */
final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "/assets/console.css", "text/css; charset=utf-8",
            "/assets/console.js", "text/javascript; charset=utf-8",
            "/assets/icon.svg", "image/svg+xml");

    private Assets() {}

    static Answer answer(String path) throws IOException {
        String type = TYPES.get(path);
        if (type == null) {
            throw new RefusedException(404, "There is no such page.");
        }
        try (InputStream file = Assets.class.getResourceAsStream("/console/" + path.substring("/assets/".length()))) {
            return Answer.of(type, file.readAllBytes()).with("Cache-Control", "max-age=300");
        }
    }
}
