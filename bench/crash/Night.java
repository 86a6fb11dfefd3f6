import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small night with everything in it, so that every way of a record is gone. */
final class Night {
    static final String VENDOR = "generic-csv";

    private static final String HEADER =
            "kind,id,occurred_at,customer_id,first_name,total,original_id,event_name,store_id\n";

    private final int number;
    private final Manifest manifest;
    private final String customer;

    private final boolean many;
    private String store = "";

    /** @param many whether it has a file of so many sales that they lie in a segment of the ledger */
    Night(int number, Manifest manifest, boolean many) {
        this.number = number;
        this.manifest = manifest;
        this.many = many;
        this.customer = "c" + number;
    }

    /**
     * Writes its files, notes what must come of them, and tells the sandbox what goes wrong: one sale arrives without an
     * answer, one is refused, one customer is there already. By batch these two take turns, night by night: of a sale that
     * may have arrived before, a refusal says nothing.
     */
    List<Path> prepare(Lab lab) throws Exception {
        lab.call("customers", "{\"customerId\":\"" + customer + "-old\"}");
        if (many && number % 2 == 0) {
            lab.fault("{\"kind\":\"close\",\"when\":\"after\",\"path\":\"batch/orders\",\"count\":1}");
        } else if (many) {
            refuse(lab, "batch/orders");
            refuse(lab, "orders");
        } else {
            lab.fault("{\"kind\":\"close\",\"when\":\"after\",\"path\":\"orders\",\"count\":1,\"ids\":[\"" + order(2) + "\"]}");
            refuse(lab, "orders");
        }
        StringBuilder text = new StringBuilder(HEADER);
        row(text, "customer", 0, customer, "Ann", "", "", "");
        row(text, "customer", 9, customer + "-old", "Eve", "", "", "");
        sale(text, 1, customer, 1_000);
        sale(text, 2, customer, 2_000);
        sale(text, 3, customer + "-refused", 3_000);
        refund(text, 4, 1, customer, 400);
        row(text, "void", 5, customer, "", "", id(2), "");
        manifest.refund(order(5), customer, 2_000);
        row(text, "event", 6, customer, "", "", "", "survey-" + number);
        manifest.events.add("survey-" + number);
        // This return comes before its sale, and waits for it.
        StringBuilder late = new StringBuilder(HEADER);
        row(text, "refund", 7, customer + "-early", "", "3.00", id(8), "");
        sale(late, 8, customer + "-early", 800);
        manifest.refund(order(7), customer + "-early", 300);
        List<Path> files = new ArrayList<>(List.of(
                write(lab, number + "-a.csv", text.toString()),
                write(lab, number + "-b.csv", late.toString()),
                write(lab, number + "-c.csv", "no,header,of,ours\n1,2,3,4\n")));
        if (many) {
            files.add(write(lab, number + "-d.csv", ofRegulars()));
        }
        return files;
    }

    private void refuse(Lab lab, String path) throws Exception {
        lab.fault("{\"kind\":\"error\",\"path\":\"" + path + "\",\"count\":1,\"status\":422,\"code\":3003,\"ids\":[\"" + order(3) + "\"]}");
    }

    /** Thirty customers who come again each week, ten of them twice that day; in a store of their own, whose days are alike. */
    private String ofRegulars() {
        store = "regulars";
        StringBuilder text = new StringBuilder(HEADER);
        for (int receipt = 10; receipt < 50; receipt++) {
            sale(text, receipt, "regular" + number % 7 + "-" + receipt % 30, 100 * receipt);
        }
        return text.toString();
    }

    private void sale(StringBuilder text, int receipt, String buyer, long cents) {
        row(text, "sale", receipt, buyer, "", Manifest.money(cents, '.'), "", "");
        manifest.order(order(receipt), buyer, cents);
    }

    private void refund(StringBuilder text, int receipt, int sale, String buyer, long cents) {
        row(text, "refund", receipt, buyer, "", Manifest.money(cents, '.'), id(sale), "");
        manifest.refund(order(receipt), buyer, cents);
    }

    private void row(StringBuilder text, String kind, int receipt, String buyer, String name, String total, String original, String event) {
        text.append(String.join(",", kind, id(receipt), String.format("2026-01-31 12:00:%02d", receipt), buyer, name, total, original, event, store)).append('\n');
    }

    private String id(int receipt) {
        return "N" + number + "-" + receipt;
    }

    private String order(int receipt) {
        return VENDOR + "-" + id(receipt);
    }

    private static Path write(Lab lab, String name, String text) throws IOException {
        return Files.writeString(lab.work.resolve(name), text);
    }
}
