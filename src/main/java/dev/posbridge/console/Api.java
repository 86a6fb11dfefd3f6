package dev.posbridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posbridge.ConfigurationException;
import dev.posbridge.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What programs may ask of {@code /api/v1}: the documents that commands print with {@code --json}, and what the pages' buttons
 * do. {@code openapi.yaml} describes each of them, and a test compares the two.
 */
final class Api {
    static final String ROOT = "/api/v1";
    private static final String DESCRIPTION = "/console/openapi.yaml";

    private final Routes routes;
    private final List<Operation> operations = new ArrayList<>();

    /** One of them. @param names of the address's parameters, or of the fields of what is sent */
    record Operation(String method, String path, Role role, Set<String> names) {}

    /** Makes the document that answers. */
    interface Answering {
        JsonNode answer(Visit visit);
    }

    Api(Routes routes, Workplace workplace, Site site, FileFigures figures, ReportTurn reports) {
        this.routes = routes;
        new ApiDocuments(workplace, figures, reports).addTo(this);
        new ApiChanges(workplace, site).addTo(this);
        routes.get(ROOT + "/openapi.yaml", Role.READ, visit -> description());
    }

    static boolean isOf(String path) {
        return path.startsWith("/api/");
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    void get(String path, Answering answering, String... parameters) {
        Set<String> known = Set.of(parameters);
        operations.add(new Operation("GET", path, Role.READ, known));
        routes.get(ROOT + path, Role.READ, visit -> {
            requireKnown("parameter", visit.asked().queryNames(), known);
            return answer(visit, answering);
        });
    }

    /** Nobody changes anything by an address: what is wanted is sent as a JSON object. */
    void post(String path, Answering answering, String... fields) {
        Set<String> known = Set.of(fields);
        operations.add(new Operation("POST", path, Role.OPERATE, known));
        routes.post(ROOT + path, Role.OPERATE, visit -> {
            if (!visit.asked().isJson()) {
                throw new RefusedException(
                        415, "What is sent is no JSON object, expected one, with Content-Type: application/json.");
            }
            requireKnown("parameter", visit.asked().queryNames(), Set.of());
            requireKnown("field", visit.asked().fieldNames(), known);
            return answer(visit, answering);
        });
    }

    private static Answer answer(Visit visit, Answering answering) {
        try {
            JsonNode document = answering.answer(visit);
            return Answer.json(visit.showsPersonal() ? document : Personal.hide(document));
        } catch (ConfigurationException wrong) {
            throw new RefusedException(visit.asked().isChange() ? 409 : 400, wrong.getMessage(), wrong);
        }
    }

    private static void requireKnown(String what, Set<String> given, Set<String> known) {
        Set<String> unknown = new HashSet<>(given);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            String name = unknown.stream().sorted().findFirst().orElseThrow();
            throw new RefusedException(
                    400,
                    "unknown " + what + " \"" + name + "\"."
                            + (known.isEmpty() ? " None is expected here." : Nearest.hint(name, new TreeSet<>(known))));
        }
    }

    private static Answer description() {
        try (InputStream file = Api.class.getResourceAsStream(DESCRIPTION)) {
            return Answer.of("application/yaml; charset=utf-8", file.readAllBytes());
        } catch (IOException problem) {
            throw new IllegalStateException(DESCRIPTION, problem);
        }
    }
}
