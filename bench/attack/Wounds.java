import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages bytes: cuts them off, leaves some out, repeats some, or puts in what readers stumble over. Used by one thread. */
final class Wounds {
    private static final int LONGEST_PIECE = 60;
    private static final String[] PIECES = {
        "\"", "'", "<", ">", "</", "<![CDATA[", "]]>", "<!--", "&#0;", "&x;", "{", "}", "[", "]", ",", ";", ":", "|", "\t", "\n", "\r",
        "\r\n", "\0", "\u001a", "\u00A0", "\u202e", "\uFEFF", "\u001b[2J", "1e999999999", "99999999999999999999999", "-", "-0", "NaN",
        "0x7fffffff", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>", "\\u0000", "\\ud800", "null", "=cmd|' /C calc'!A0",
        "${jndi:ldap://127.0.0.1:1/x}", "${header.APIKey}", "{{posbridge.gameball.secret-key}}", "../../../stolen", "%00", "%n%s"
    };

    private final Random random;

    Wounds(Random random) {
        this.random = random;
    }

    byte[] damaged(byte[] whole) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length + 1));
        }
        byte[] now = whole;
        for (int wound = random.nextInt(4); wound >= 0; wound--) {
            now = wounded(now);
        }
        return now;
    }

    private byte[] wounded(byte[] whole) {
        int at = random.nextInt(whole.length + 1);
        int until = Math.min(whole.length, at + random.nextInt(LONGEST_PIECE));
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        made.write(whole, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> made.writeBytes(noise(until - at));
            case 1 -> made.writeBytes(piece());
            case 2 -> {
                for (int again = random.nextInt(200); again >= 0; again--) {
                    made.write(whole, at, until - at);
                }
            }
            case 3 -> {
                made.writeBytes(piece());
                made.write(whole, at, until - at);
            }
            case 4 -> made.write(whole, random.nextInt(whole.length + 1) / 2, Math.min(whole.length / 2, until - at));
            default -> {
                // The piece between is left out.
            }
        }
        made.write(whole, until, whole.length - until);
        return made.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    byte[] piece() {
        return PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
    }
}
