package dev.posbridge.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is to be forgotten, by all that names them: the id, mobile numbers and e-mail addresses. A number is known again however
 * it is written, by its last nine digits.
 *
 * @param mobiles digits alone
 * @param emails in small letters
 */
public record Person(String id, Set<String> mobiles, Set<String> emails) {
    private static final int TELLING_DIGITS = 9;
    private static final int LEAST_OF_WORD = 4;
    private static final int LEAST_OF_NUMBER = 8;
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}_.@-]+");
    private static final Pattern EMAIL = Pattern.compile("[\\p{L}\\p{N}._%+'-]{1,64}+@[\\p{L}\\p{N}.-]{1,255}+");
    private static final Pattern NUMBERS = Pattern.compile("\\d(?:[ .()/+-]*+\\d){8,63}+");
    private static final Pattern NUMBER = Pattern.compile("\\d{10,15}");

    public Person {
        mobiles = Set.copyOf(mobiles);
        emails = Set.copyOf(emails);
    }

    /** Known by the id alone, and by the number in it if there is one. */
    public static Person of(String id) {
        Set<String> mobiles = new TreeSet<>();
        Matcher number = NUMBER.matcher(id);
        while (number.find()) {
            mobiles.add(number.group());
        }
        return new Person(id, mobiles, Set.of());
    }

    /** The same, and what a canonical record says of its customer. */
    Person and(JsonNode canonical) {
        JsonNode customer = canonical.path("customer");
        Set<String> allMobiles = new TreeSet<>(mobiles);
        Set<String> allEmails = new TreeSet<>(emails);
        String mobile = customer.path("mobile").asText("").replaceAll("\\D", "");
        if (mobile.length() >= TELLING_DIGITS) {
            allMobiles.add(mobile);
        }
        String email = customer.path("email").asText("").strip().toLowerCase(Locale.ROOT);
        if (email.indexOf('@') > 0) {
            allEmails.add(email);
        }
        return new Person(id, allMobiles, allEmails);
    }

    /** Whether a text names the person; an id that is short is not looked for, other things may be called so. */
    public boolean isNamedIn(String text) {
        return text != null && !text.isEmpty() && (hasId(text) || hasEmail(text) || hasMobile(text));
    }

    /** Words of a text that may be somebody's id and hardly anything else. */
    static Stream<String> wordsIn(String text) {
        return WORDS.splitAsStream(text).filter(Person::isTelling);
    }

    static Stream<String> emailsIn(String text) {
        return text.indexOf('@') < 0
                ? Stream.empty()
                : EMAIL.matcher(text).results().map(java.util.regex.MatchResult::group);
    }

    /** Wherever a number may end in a text, the last digits that tell whose it is. */
    static Stream<String> numbersIn(String text) {
        return NUMBERS.matcher(text).results().flatMap(found -> {
            String digits = found.group().replaceAll("\\D", "");
            return IntStream.rangeClosed(0, digits.length() - TELLING_DIGITS)
                    .mapToObj(at -> digits.substring(at, at + TELLING_DIGITS));
        });
    }

    /** The digits by which a number is known, with its country's code or without. */
    static String tail(String number) {
        return number.substring(Math.max(0, number.length() - TELLING_DIGITS));
    }

    /** Texts that must not be found anywhere afterwards. */
    public List<String> spelt() {
        List<String> spelt = new ArrayList<>();
        if (isTelling(id)) {
            spelt.add(id);
        }
        spelt.addAll(mobiles);
        spelt.addAll(emails);
        return spelt;
    }

    private static boolean isTelling(String id) {
        boolean word = id.chars().anyMatch(Character::isLetter);
        return id.length() >= (word ? LEAST_OF_WORD : LEAST_OF_NUMBER);
    }

    private boolean hasId(String text) {
        if (!isTelling(id)) {
            return false;
        }
        for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            int end = at + id.length();
            if (begins && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasEmail(String text) {
        if (emails.isEmpty() || text.indexOf('@') < 0) {
            return false;
        }
        String small = text.toLowerCase(Locale.ROOT);
        return emails.stream().anyMatch(small::contains);
    }

    private boolean hasMobile(String text) {
        return !mobiles.isEmpty() && hasAny(text, mobiles);
    }

    private static boolean hasAny(String text, Collection<String> numbers) {
        StringBuilder run = new StringBuilder();
        for (int at = 0; at <= text.length(); at++) {
            char one = at == text.length() ? '\n' : text.charAt(at);
            if (one >= '0' && one <= '9') {
                run.append(one);
            } else if (" .-/()+".indexOf(one) < 0) {
                if (run.length() >= TELLING_DIGITS) {
                    String digits = run.toString();
                    for (String number : numbers) {
                        if (digits.contains(tail(number))) {
                            return true;
                        }
                    }
                }
                run.setLength(0);
            }
        }
        return false;
    }

    /** Not who it is. */
    @Override
    public String toString() {
        return "Person[" + mobiles.size() + " numbers, " + emails.size() + " addresses]";
    }
}
