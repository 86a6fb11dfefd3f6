package dev.posbridge.intake;

import java.util.regex.Pattern;

/** Patterns with {@code *} for any letters and {@code ?} for one. */
public final class Glob {
    private Glob() {}

    public static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char letter : glob.toCharArray()) {
            switch (letter) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
