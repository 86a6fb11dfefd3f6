package dev.posbridge.engine;

import dev.posbridge.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.PatternHelper;

/**
 * The folder with the routes. Where one is missing Camel would start without a word, and every record would fail, or wait
 * for ever, where it is needed; so the program refuses to start, before the first route runs.
 */
final class RoutesFolder extends MainListenerSupport {
    private static final String DIRECT = "direct:";

    /** Called by the program and not by another route. */
    private static final String INTAKE = "direct:intake";

    /** Nobody calls them: a queue or a timer wakes them. */
    private static final List<String> WOKEN = List.of("deliver", "deliver-live", "housekeeping", "reload");

    /** All of them: which are needed follows from settings and profiles, which change. */
    private static final List<String> TEMPLATES = List.of(
            "checkout-queue",
            "expected-files",
            "file-inbox",
            "jobs",
            "orders-batch",
            "queue-source",
            "set-inbox",
            "sftp-drop",
            "sftp-report",
            "sftp-watch");

    private final Path folder;
    private final List<String> excluded;

    /** @param excluded ids of routes that this start does without */
    RoutesFolder(Path folder, List<String> excluded) {
        this.folder = folder;
        this.excluded = List.copyOf(excluded);
    }

    /** @throws ConfigurationException where Camel would find nothing there */
    void require() {
        if (Files.isSymbolicLink(folder)) {
            throw new ConfigurationException(
                    folder
                            + ": is a link, expected a folder: routes are not read through a link. Put the folder itself there.");
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigurationException(folder + ": there are no routes. Start Posbridge from its own folder.");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.noneMatch(file -> file.toString().endsWith(".yaml"))) {
                throw new ConfigurationException(folder
                        + ": found no file *.yaml, expected the routes. Put back those that came with Posbridge.");
            }
        } catch (IOException problem) {
            throw new ConfigurationException(
                    folder + ": cannot be listed (" + problem.getMessage() + "). Make it readable.", problem);
        }
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
        List<String> missing = missing(main.getCamelContext());
        if (!missing.isEmpty()) {
            throw new ConfigurationException(missing);
        }
    }

    private List<String> missing(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = new ArrayList<>(model.getRouteDefinitions());
        Set<String> templates = new TreeSet<>();
        for (RouteTemplateDefinition template : model.getRouteTemplateDefinitions()) {
            templates.add(template.getId());
            routes.add(template.getRoute());
        }
        List<String> problems = new ArrayList<>();
        if (model.getRouteConfigurationDefinitions().isEmpty()) {
            problems.add(problem("no route configuration", "what becomes of a record that fails"));
        }
        Set<String> ids = routes.stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        WOKEN.stream()
                .filter(id -> !ids.contains(id) && !excluded.contains(id))
                .forEach(id -> problems.add(problem("no route \"" + id + "\"", "one")));
        TEMPLATES.stream()
                .filter(id -> !templates.contains(id))
                .forEach(id -> problems.add(problem("no route template \"" + id + "\"", "one")));
        Set<String> there =
                routes.stream().map(route -> route.getInput().getEndpointUri()).collect(Collectors.toSet());
        Map<String, Set<String>> callers = callers(routes, model.getRouteConfigurationDefinitions());
        callers.keySet().removeAll(there);
        callers.forEach((called, by) ->
                problems.add(problem("no route from " + called + " (called by " + String.join(", ", by) + ")", "one")));
        return problems;
    }

    private Map<String, Set<String>> callers(
            List<RouteDefinition> routes, List<RouteConfigurationDefinition> configurations) {
        Map<String, Set<String>> callers = new TreeMap<>();
        callers.computeIfAbsent(INTAKE, called -> new TreeSet<>()).add("this program");
        for (RouteDefinition route : routes) {
            // A template is there also where the routes that it calls are left out.
            if (!PatternHelper.matchPatterns(route.getRouteId(), excluded.toArray(String[]::new))) {
                calls(route.getOutputs()).forEach(called -> callers.computeIfAbsent(called, first -> new TreeSet<>())
                        .add(route.getRouteId()));
            }
        }
        configurations.stream()
                .flatMap(configuration -> configuration.getOnExceptions().stream())
                .flatMap(failure -> calls(failure.getOutputs()).stream())
                .forEach(called -> callers.computeIfAbsent(called, first -> new TreeSet<>())
                        .add("what fails"));
        return callers;
    }

    private String problem(String found, String expected) {
        return folder + ": found " + found + ", expected " + expected + ". Put back the file that came with Posbridge.";
    }

    private static Set<String> calls(List<ProcessorDefinition<?>> steps) {
        Collection<ToDefinition> sends = ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDefinition.class);
        return sends.stream()
                .map(ToDefinition::getEndpointUri)
                .filter(uri -> uri.startsWith(DIRECT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
