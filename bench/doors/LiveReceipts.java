import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A day of one store's tills, receipt by receipt, and the file that holds them all. */
final class LiveReceipts {
    /** Store and business day are read from it. */
    static final String FILE = "EOD_8_20220630.csv";

    private static final String HEADER = "Type;Till;Bon;Date;Time;Phone;Email;Sku;Text;Qty;Price;Total;OrigBon;OrigDate\n";
    private static final int MINUTES = 900;
    private static final int RETURNS = 100_000;

    private final StringBuilder rows = new StringBuilder();
    private final List<Receipt> receipts = new ArrayList<>();
    private long sum;

    /** @param body what a message holds */
    record Receipt(String body) {}

    /** Notes what must come of them; customers are those of the nights, so that both doors meet there. */
    LiveReceipts(int count, int customers, Random random, Manifest manifest) {
        int[] customerOf = new int[count];
        long[] left = new long[count];
        for (int bon = 0; bon < count; bon++) {
            int sale = bon > 0 && random.nextInt(10) == 0 ? random.nextInt(bon) : bon;
            if (sale != bon && left[sale] > 1) {
                long back = 1 + random.nextInt((int) left[sale] - 1);
                left[sale] -= back;
                sum -= back;
                manifest.refund(id(bon + RETURNS), AcmeNights.buyer(customerOf[sale]), back);
                add("R", bon + RETURNS, customerOf[sale], back, sale + ";20220630");
            } else {
                customerOf[bon] = random.nextInt(customers);
                left[bon] = 100 + random.nextInt(20_000);
                sum += left[bon];
                manifest.order(id(bon), AcmeNights.buyer(customerOf[bon]), left[bon]);
                add("S", bon, customerOf[bon], left[bon], ";");
            }
        }
    }

    List<Receipt> receipts() {
        return receipts;
    }

    /** The night's file of the same tills. */
    String file() {
        return HEADER + rows + "T;" + receipts.size() + ';' + Manifest.money(sum, ',') + '\n';
    }

    private static String id(int bon) {
        return "acme-8-1-" + bon + "-20220630";
    }

    private void add(String type, int bon, int customer, long cents, String original) {
        int minute = bon % RETURNS % MINUTES;
        String row = type + ";1;" + bon + ";30.06.2022;" + String.format("%02d:%02d", 8 + minute / 60, minute % 60)
                + ';' + String.format("07700 900%03d", customer) + ";;A-1;Tea;1;" + Manifest.money(cents, ',') + ';'
                + Manifest.money(cents, ',') + ';' + original + '\n';
        rows.append(row);
        receipts.add(new Receipt(HEADER + row));
    }
}
