package dev.posbridge.settings;

/** A door beside the inbox folders ({@code posbridge.sources.<name>.*}); docs/sftp.md says what each key changes. */
public sealed interface Source permits SftpSource, QueueSource, ExpectedSource {
    /** What it is called in settings, logs and reports. */
    String name();

    /** Whose profile reads what comes through it. */
    String vendor();

    /** One line for people, without secrets. */
    String outline();

    /** What has to come of its vendor each night, or null. */
    default Expects expects() {
        return null;
    }
}
