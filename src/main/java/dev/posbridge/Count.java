package dev.posbridge;

/** How many of something, as people say it: {@code 1 file}, {@code 2 files}. */
public final class Count {
    private Count() {}

    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
