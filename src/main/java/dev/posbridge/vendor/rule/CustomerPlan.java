package dev.posbridge.vendor.rule;

import dev.posbridge.RecordRejectedException;
import dev.posbridge.pos.CustomerDetails;
import dev.posbridge.pos.Reason;
import dev.posbridge.vendor.value.Email;
import dev.posbridge.vendor.value.Facts;
import dev.posbridge.vendor.value.Phone;
import dev.posbridge.vendor.value.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Where a customer's id and details stand. Every part may be null: not in the file.
 *
 * @param ids tried in order: the first without a blank part is the id
 * @param ignored ids of nobody: house accounts, training cards
 * @param attributes the details besides; null where there are none
 * @param strict whether an attribute that is none makes the receipt a dead letter, instead of being left out
 */
public record CustomerPlan(
        List<Template> ids, Set<String> ignored, Phone mobile, Email email, Attributes attributes, boolean strict) {

    /** Who bought, or null for an anonymous receipt. */
    CustomerDetails of(Facts facts) {
        String phone = mobile == null ? null : mobile.of(facts);
        String address = email == null ? null : email.of(facts);
        facts.contact(phone, address);
        String madeId = Heading.bounded("customer id", id(address, facts), facts);
        if (madeId == null) {
            return null;
        }
        return attributes == null
                ? CustomerDetails.of(madeId, address, phone)
                : attributes.of(facts, strict, madeId, address, phone);
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
        String address = email == null ? null : email.of(facts);
        facts.contact(mobile == null ? null : mobile.of(facts), address);
        for (Template template : ids) {
            String made = id(template, address, facts);
            if (made != null) {
                return made;
            }
        }
        return null;
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

    /** The id; an e-mail address that is none is a fault where the id waits for it, else it is left out. */
    private String id(String address, Facts facts) {
        boolean needsAddress = false;
        String found = null;
        for (int index = 0; index < ids.size() && found == null; index++) {
            Template template = ids.get(index);
            needsAddress |= template.names().contains("email");
            found = id(template, address, facts);
        }
        if (email != null && address == null) {
            RecordRejectedException fault = email.fault(facts);
            if (fault != null && (strict || needsAddress) && !email.meansNothing(facts)) {
                throw fault;
            } else if (fault != null) {
                facts.drop("email");
            }
        }
        return found;
    }

    /** An id that is the e-mail address is written as that is, in lower case: else one person would be as many as there are ways to write it. */
    private String id(Template template, String address, Facts facts) {
        String made = template.id("customer id", facts);
        if (made == null) {
            return null;
        }
        String core = template.core(made, facts);
        if (CustomerIds.isNobody(core) || ignored.contains(made) || ignored.contains(core)) {
            return null;
        }
        if (!template.vouches(core)) {
            CustomerIds.refuseDummy(core, template.column(facts), facts);
        }
        return address != null && made.equalsIgnoreCase(address) ? address : made;
    }
}
