package dev.posbridge.settings;

/** What has to come of a vendor each night where no server is watched for it: into the inbox, or by any other door. */
public record ExpectedSource(String name, String vendor, Expects expects) implements Source {

    @Override
    public String outline() {
        return name + ", " + vendor + ", expects " + expects.file() + " by " + expects.by();
    }
}
