package dev.posbridge.cli;

import dev.posbridge.ProfileException;
import dev.posbridge.vendor.Profile;
import dev.posbridge.vendor.Profiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code posbridge vendor list}. */
@Command(
        name = "list",
        description = {
            "Every profile: vendor, currency, what it is. One that cannot be read says why (exit 2).",
            "Unverified ones were written from specifications: check them with a file of yours before you use them."
        })
final class VendorListCommand implements Callable<Integer> {
    @ParentCommand
    private VendorCommand vendor;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        GlobalOptions options = vendor.options();
        Profiles profiles = options.profiles(options.settings(Map.of()));
        List<String> problems = new ArrayList<>();
        PrintWriter out = spec.commandLine().getOut();
        for (String name : profiles.names()) {
            try {
                Profile profile = profiles.named(name);
                out.printf(
                        "  %-24s %s  %s%s%n",
                        name,
                        profile.currency().getCurrencyCode(),
                        profiles.unverified(name) ? "unverified; " : "",
                        profile.description());
            } catch (ProfileException broken) {
                out.printf("  %-24s ---  cannot be used, see below%n", name);
                problems.add(broken.getMessage());
            }
        }
        problems.forEach(out::println);
        out.flush();
        return (problems.isEmpty() ? ExitCode.ALL_WELL : ExitCode.USAGE_OR_CONFIGURATION).number();
    }
}
