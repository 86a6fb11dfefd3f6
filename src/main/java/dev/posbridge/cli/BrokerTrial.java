package dev.posbridge.cli;

import dev.posbridge.cli.Examination.Finding;
import dev.posbridge.cli.Examination.Result;
import dev.posbridge.engine.ExternalQueues;
import dev.posbridge.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether somebody's broker holds what it has to; nothing where there is none. Used once, by one thread. */
final class BrokerTrial {
    private final Settings settings;
    private boolean told;

    BrokerTrial(Settings settings) {
        this.settings = settings;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (settings.broker().external() != null) {
            String servers = settings.broker().external().addresses().toString();
            try {
                Map<String, String> queues = new ExternalQueues(settings).look();
                findings.add(new Finding(Result.OK, "broker", servers + " lets us in"));
                queues.forEach((queue, wrong) -> findings.add(new Finding(
                        wrong == null ? Result.OK : Result.WRONG,
                        "queue " + queue,
                        wrong == null ? "is there" : wrong + ".")));
            } catch (Exception refused) {
                findings.add(new Finding(
                        Result.WRONG,
                        "broker",
                        servers + " does not let us in (" + refused.getMessage()
                                + "). Check posbridge.broker.url, its user and password, and that it runs."));
            }
        }
        told = findings.stream().anyMatch(finding -> finding.result() == Result.WRONG);
        return findings;
    }

    /** What to put into broker.xml; empty where nothing is wrong. */
    String remedy() {
        return told
                ? "For broker.xml, where our user has the role posbridge:\n" + new ExternalQueues(settings).xml()
                : "";
    }
}
