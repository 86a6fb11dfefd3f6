package dev.posbridge.vendor;

import dev.posbridge.vendor.rule.Attributes;
import dev.posbridge.vendor.rule.CustomerPlan;
import dev.posbridge.vendor.value.Email;
import dev.posbridge.vendor.value.Phone;
import dev.posbridge.vendor.value.Source;
import dev.posbridge.vendor.value.Template;
import dev.posbridge.vendor.yaml.Section;
import dev.posbridge.vendor.yaml.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads where customers and their details stand. */
final class CustomerReader {
    private static final List<String> TEXTS = List.of(
            "display-name",
            "first-name",
            "last-name",
            "gender",
            "country",
            "city",
            "zip",
            "preferred-language",
            "referrer-code");
    private static final Map<String, Source> CONTACT = Map.of("mobile", Source.Made.MOBILE, "email", Source.Made.EMAIL);

    private final ValueReader values;
    private final Vocabulary vocabulary;

    CustomerReader(ValueReader values) {
        this.values = values;
        this.vocabulary = values.vocabulary();
    }

    /** Null where the rule says nothing of customers. */
    CustomerPlan read(Section section) {
        if (section == null) {
            return null;
        }
        Phone mobile = values.phone(section, "mobile");
        Email email = values.email(section, "email");
        if (mobile != null
                && email != null
                && mobile.from().name().equals(email.from().name())) {
            mobile = new Phone(mobile.from(), mobile.region(), mobile.dropped(), true);
            email = new Email(email.from(), true);
        }
        section.requireKey("id");
        List<Word> ids = section.words("id");
        refuseContactless(ids, "mobile", mobile);
        refuseContactless(ids, "email", email);
        Attributes attributes = attributes(section);
        boolean strict =
                section.choice("invalid", List.of("drop", "dead"), "drop").equals("dead");
        CustomerPlan plan = new CustomerPlan(
                ids.stream().map(id -> vocabulary.idTemplate("id", id, CONTACT)).toList(),
                section.words("ignore").stream().map(Word::text).collect(Collectors.toUnmodifiableSet()),
                mobile,
                email,
                attributes.isEmpty() ? null : attributes,
                strict);
        section.refuseUnknown();
        return plan;
    }

    private Attributes attributes(Section section) {
        Map<String, Template> texts = new LinkedHashMap<>();
        for (String name : TEXTS) {
            Word word = section.word(name);
            if (word != null) {
                texts.put(name, vocabulary.text(word));
            }
        }
        return new Attributes(
                texts,
                values.day(section, "date-of-birth"),
                values.day(section, "join-date"),
                texts(section, "custom"));
    }

    private static void refuseContactless(List<Word> ids, String name, Object contact) {
        for (Word id : ids) {
            if (contact == null && id.text().contains("{" + name + "}")) {
                id.problem("\"id\" uses {" + name + "}, but \"" + name + "\" is missing.");
            }
        }
    }

    /** Texts under names that the profile chooses. */
    Map<String, Template> texts(Section section, String key) {
        Section own = section.section(key);
        if (own == null) {
            return Map.of();
        }
        Map<String, Template> made = new LinkedHashMap<>();
        own.allWords().forEach((name, word) -> made.put(name, vocabulary.text(word)));
        return made;
    }
}
