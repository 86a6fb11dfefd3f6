package dev.posbridge.vendor.rule;

import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Email;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Moments;
import dev.posbridge.vendor.value.Phone;
import dev.posbridge.vendor.value.Template;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Where a customer's id and details stand. Every part may be null: not in the file.
 *
 * @param ids tried in order: the first without a blank part is the id
 * @param ignored ids of nobody: house accounts, training cards
 * @param texts the plain attributes by their key in the profile
 */
public record CustomerPlan(
        List<Template> ids,
        Set<String> ignored,
        Phone mobile,
        Email email,
        Map<String, Template> texts,
        Moments dateOfBirth,
        Moments joinDate,
        Map<String, Template> custom) {

    /** Who bought, or null for an anonymous receipt. */
    CustomerDetails of(Facts facts) {
        String phone = mobile == null ? null : mobile.of(facts);
        String address = email == null ? null : email.of(facts);
        facts.contact(phone, address);
        String madeId = Heading.bounded("customer id", id(facts), facts);
        if (madeId == null) {
            return null;
        }
        if (texts.isEmpty() && custom.isEmpty() && dateOfBirth == null && joinDate == null) {
            return CustomerDetails.of(madeId, address, phone);
        }
        return new CustomerDetails(
                madeId,
                address,
                phone,
                text("display-name", facts),
                text("first-name", facts),
                text("last-name", facts),
                gender(text("gender", facts)),
                date(dateOfBirth, facts),
                date(joinDate, facts),
                text("country", facts),
                text("city", facts),
                text("zip", facts),
                language(text("preferred-language", facts)),
                text("referrer-code", facts),
                texts(custom, facts));
    }

    /** Who it is must be one for a receipt; the details are taken from the first row that has them. */
    Fact.Collector facts(Fact.Collector facts) {
        Phone phone = mobile;
        Email address = email;
        if (phone != null) {
            facts.add("mobile", phone.from()::columns, phone::of, true);
        }
        if (address != null) {
            facts.add("email", address.from()::columns, address::of, true);
        }
        return facts.add("customer", this::idColumns, this::idIn, false);
    }

    private void idColumns(IntConsumer each) {
        ids.forEach(id -> id.columns(each));
    }

    private String idIn(Facts facts) {
        facts.contact(mobile == null ? null : mobile.of(facts), email == null ? null : email.of(facts));
        return id(facts);
    }

    /** As {@link #of}, but a receipt without customer is a fault. */
    CustomerDetails required(Facts facts) {
        CustomerDetails found = of(facts);
        if (found == null) {
            throw facts.fault(
                    0,
                    Reason.CUSTOMER_MISSING,
                    "nothing here says who the customer is. " + Reason.CUSTOMER_MISSING.remedy());
        }
        return found;
    }

    static Map<String, String> texts(Map<String, Template> templates, Facts facts) {
        if (templates.isEmpty()) {
            return Map.of();
        }
        Map<String, String> made = new HashMap<>();
        templates.forEach((name, template) -> {
            String text = template.of(facts);
            if (text != null) {
                made.put(name, text);
            }
        });
        return made;
    }

    private String id(Facts facts) {
        for (Template template : ids) {
            String made = template.id("customer id", facts);
            String core = made == null ? null : template.core(made, facts);
            if (made != null && !CustomerIds.isNobody(core) && !ignored.contains(made) && !ignored.contains(core)) {
                CustomerIds.refuseDummy(core, template.column(facts), facts);
                return made;
            }
        }
        return null;
    }

    private String text(String name, Facts facts) {
        Template template = texts.get(name);
        return template == null ? null : template.of(facts);
    }

    private static LocalDate date(Moments moments, Facts facts) {
        return moments == null ? null : moments.dateOrNull(facts);
    }

    /** Gameball takes M and F; what else a till writes is left out. */
    private static String gender(String written) {
        return switch (written == null ? "" : written.toLowerCase(Locale.ROOT)) {
            case "m", "male" -> "M";
            case "f", "female" -> "F";
            default -> null;
        };
    }

    /** Two letters: en of en-GB. */
    private static String language(String written) {
        return written == null || written.length() < 2
                ? null
                : written.substring(0, 2).toLowerCase(Locale.ROOT);
    }
}
