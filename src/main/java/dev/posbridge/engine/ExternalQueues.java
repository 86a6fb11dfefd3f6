package dev.posbridge.engine;

import dev.posbridge.broker.QueueAccess;
import dev.posbridge.broker.SenderCalls;
import dev.posbridge.settings.QueueSource;
import dev.posbridge.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the Artemis of somebody's has to hold for us, and whether it does. */
public final class ExternalQueues {
    private final Settings settings;
    private final List<String> sources;
    private final String deadLetters;

    /** @param settings of an external broker */
    public ExternalQueues(Settings settings) {
        this.settings = settings;
        this.sources =
                settings.sources().queues().stream().map(QueueSource::queue).toList();
        this.deadLetters = settings.broker().external().deadLetterQueue();
    }

    /**
     * Asks the broker; nothing is made there.
     *
     * @return what is wrong, by queue; null where nothing is
     * @throws Exception where none of its servers lets us in
     */
    public Map<String, String> look() throws Exception {
        List<String> all =
                Stream.concat(sources.stream(), Stream.of(deadLetters)).toList();
        Map<String, QueueAccess.There> there =
                MessageSources.access(settings.broker().external()).look(all);
        Map<String, String> wrong = new LinkedHashMap<>();
        there.forEach((queue, how) -> wrong.put(
                queue,
                switch (how) {
                    case NO ->
                        "is not there. The service makes it where it may; else put what stands below into broker.xml";
                    case FOR_ONE -> null;
                    case FOR_ALL ->
                        queue.equals(deadLetters) || settings.ledgerServer() == null
                                ? null
                                : "is read by several nodes at once, and a customer's receipts may overtake each other. Make it "
                                        + "exclusive, as it stands below";
                }));
        return wrong;
    }

    /** The same as parts of a broker.xml, for users of the role {@code posbridge}. */
    public String xml() {
        return xml(sources, deadLetters);
    }

    /** As above, of these queues. */
    public static String xml(List<String> sources, String deadLetters) {
        List<String> lines = new ArrayList<>(List.of("<addresses>"));
        sources.forEach(queue -> lines.add("  <address name=\"" + queue + "\"><anycast><queue name=\"" + queue
                + "\" exclusive=\"true\"/></anycast></address>"));
        lines.add("  <address name=\"" + deadLetters + "\"><anycast><queue name=\"" + deadLetters
                + "\"/></anycast></address>");
        lines.add("  <address name=\"" + SenderCalls.ADDRESS + "\"><multicast/></address>");
        lines.addAll(List.of("</addresses>", "<address-settings>"));
        sources.forEach(queue -> lines.addAll(List.of(
                "  <address-setting match=\"" + queue + "\">",
                "    <dead-letter-address>" + deadLetters + "</dead-letter-address>",
                "    <expiry-address>" + deadLetters + "</expiry-address>",
                "    <max-delivery-attempts>-1</max-delivery-attempts>",
                "  </address-setting>")));
        lines.addAll(List.of("</address-settings>", "<security-settings>"));
        Stream.concat(sources.stream(), Stream.of(deadLetters)).forEach(queue -> lines.add(rights(queue, "consume")));
        lines.add(rights(
                SenderCalls.ADDRESS + ".#", "createNonDurableQueue", "deleteNonDurableQueue", "consume", "send"));
        lines.add("</security-settings>");
        return String.join("\n", lines) + '\n';
    }

    private static String rights(String match, String... rights) {
        StringBuilder line = new StringBuilder("  <security-setting match=\"" + match + "\">");
        for (String right : rights) {
            line.append("<permission type=\"").append(right).append("\" roles=\"posbridge\"/>");
        }
        return line.append("</security-setting>").toString();
    }
}
