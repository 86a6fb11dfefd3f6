import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/** Nights of one store: sales of few customers, so that order matters, and returns of some of them. */
final class AcmeNights {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter TILL_DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final int MINUTES_OPEN = 900;
    /** Their phone numbers differ in three digits. */
    private static final int MOST_CUSTOMERS = 1_000;

    private final Random random;
    private final int receipts;
    private final int customers;
    private final Manifest manifest;

    AcmeNights(Random random, int receipts, int customers, Manifest manifest) {
        this.random = random;
        this.receipts = receipts;
        if (customers > MOST_CUSTOMERS) {
            throw new IllegalArgumentException("--customers " + customers + ": expected " + MOST_CUSTOMERS + " at most");
        }
        this.customers = customers;
        this.manifest = manifest;
    }

    /** Writes one night's file and notes what must come of it. */
    Path write(int number, Path folder) throws IOException {
        return write(number, folder, 7);
    }

    /** The same of another store. */
    Path write(int number, Path folder, int store) throws IOException {
        LocalDate day = LocalDate.of(2022, 1, 1).plusDays(number);
        StringBuilder text = new StringBuilder("Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n");
        long sum = 0;
        int rows = 0;
        for (int bon = 1; bon <= receipts; bon++) {
            int customer = random.nextInt(customers);
            long cents = 100 + random.nextInt(20_000);
            add(text, "S", bon, bon, day, customer, cents, ";");
            manifest.order(id(store, bon, day), buyer(customer), cents);
            sum += cents;
            rows++;
            if (random.nextInt(10) == 0) {
                long back = 1 + random.nextInt((int) cents);
                int returned = bon + 10_000;
                add(text, "R", returned, bon, day, customer, back, bon + ";" + DAY.format(day));
                manifest.refund(id(store, returned, day), buyer(customer), back);
                sum -= back;
                rows++;
            }
        }
        text.append("T;").append(rows).append(';').append(Manifest.money(sum, ',')).append('\n');
        Path file = folder.resolve("EOD_" + store + "_" + DAY.format(day) + ".csv");
        return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    private static String id(int store, int bon, LocalDate day) {
        return "acme-" + store + "-1-" + bon + "-" + DAY.format(day);
    }

    static String buyer(int customer) {
        return String.format("mobile_447700900%03d", customer);
    }

    private static void add(
            StringBuilder text, String type, int bon, int minute, LocalDate day, int customer, long cents, String original) {
        text.append(type).append(";1;").append(bon).append(';').append(TILL_DAY.format(day)).append(';')
                .append(LocalTime.of(8, 0).plusMinutes(minute % MINUTES_OPEN)).append(';')
                .append(String.format("07700 900%03d", customer)).append(";;A-1;Tea;1;")
                .append(Manifest.money(cents, ',')).append(';').append(Manifest.money(cents, ',')).append(';')
                .append(original).append('\n');
    }
}
