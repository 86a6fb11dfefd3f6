import dev.posbridge.vendor.Mutations;
import java.io.IOException;
import java.util.List;

/** Damages files and looks that nothing breaks; see bench/README.md. */
public final class Fuzz {
    private Fuzz() {}

    public static void main(String[] arguments) throws IOException {
        String format = "all";
        int inputs = 100_000;
        long seed = System.nanoTime();
        for (int index = 0; index + 1 < arguments.length; index += 2) {
            switch (arguments[index]) {
                case "--format" -> format = arguments[index + 1];
                case "--inputs" -> inputs = Integer.parseInt(arguments[index + 1]);
                case "--seed" -> seed = Long.parseLong(arguments[index + 1]);
                default -> {
                    System.err.println("bench/run fuzz: found \"" + arguments[index] + "\", expected --format, --inputs, --seed.");
                    System.exit(2);
                }
            }
        }
        System.out.println("seed " + seed);
        List<String> formats = format.equals("all") ? Mutations.FORMATS : List.of(format);
        for (String one : formats) {
            System.out.println(one + ": " + Mutations.of(one, seed).run(inputs));
        }
    }
}
