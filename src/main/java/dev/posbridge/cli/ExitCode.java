package dev.posbridge.cli;

/** How a command ends; scripts rely on the numbers. */
enum ExitCode {
    ALL_WELL(0),
    INTERNAL_ERROR(1),
    USAGE_OR_CONFIGURATION(2),
    /** Settled, but a person must look: dead letters, rejected or held files. */
    LOOK(3),
    /** Not settled in time; all is stored. */
    NOT_SETTLED(4),
    ACCOUNT_REFUSED(5),
    DATA_FOLDER_IN_USE(6),
    /** Only of {@code health}: it is red. */
    RED(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
