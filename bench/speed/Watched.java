import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process and what it was last seen to have used. */
final class Watched {
    private static final int TICKS_A_SECOND = 100;
    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+)");

    private final Process process;
    private double cpu;
    private double megabytes;

    Watched(Process process) {
        this.process = process;
    }

    Process process() {
        return process;
    }

    double cpu() {
        return cpu;
    }

    double megabytes() {
        return megabytes;
    }

    void look() {
        try {
            cpu = cpu(process.pid());
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            megabytes = resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : megabytes;
        } catch (IOException gone) {
            // What was seen last stands.
        }
    }

    /** Seconds that a process has computed, with what it had the kernel do. */
    static double cpu(long process) throws IOException {
        String[] fields = fields(process);
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_A_SECOND;
    }

    /** What stands behind its name in the kernel's words: state, parent, ... */
    static String[] fields(long process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
