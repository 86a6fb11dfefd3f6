import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Every header name that Camel's own classes know, read from the constants of the parts that we ship. */
final class CamelNames {
    private static final Pattern NAME = Pattern.compile("Camel[A-Z][A-Za-z0-9]{2,60}(?![A-Za-z0-9/.;$])");
    private static final List<String> OTHERS = List.of("Host", "APIKey", "SecretKey", "Authorization", "Content-Length", "Transfer-Encoding",
            "Content-Encoding", "JMSReplyTo", "JMSDestination", "JMSXUserID", "posbridgeFile", "vendor", "lane", "delivery", "visit",
            "org.apache.camel.jms.dest", "CamelJmsDestination.x", "X-Attack");

    private final List<String> names;

    CamelNames(Path library) throws IOException {
        TreeSet<String> found = new TreeSet<>(OTHERS);
        try (Stream<Path> parts = Files.list(library)) {
            for (Path part : parts.filter(file -> file.getFileName().toString().matches("camel-(?!core-catalog).*\\.jar")).toList()) {
                read(part, found);
            }
        }
        names = List.copyOf(found);
    }

    int size() {
        return names.size();
    }

    /** The one of that number, as it is written, or with other letters small and large. */
    String name(int number, Random random) {
        String name = names.get(number % names.size());
        return switch (random.nextInt(4)) {
            case 0 -> name;
            case 1 -> name.toLowerCase(Locale.ROOT);
            case 2 -> name.toUpperCase(Locale.ROOT);
            default -> mixed(name, random);
        };
    }

    private static String mixed(String name, Random random) {
        StringBuilder mixed = new StringBuilder();
        name.chars().forEach(letter -> mixed.append((char) (random.nextBoolean() ? Character.toUpperCase(letter) : Character.toLowerCase(letter))));
        return mixed.toString();
    }

    private static void read(Path part, TreeSet<String> found) throws IOException {
        try (InputStream in = Files.newInputStream(part); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    NAME.matcher(new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1)).results().forEach(one -> found.add(one.group()));
                }
            }
        }
    }
}
