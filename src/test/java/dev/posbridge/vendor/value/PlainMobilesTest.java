package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlainMobilesTest {
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final int TRIES = 400;

    private final Random random = new Random(11);

    @Test
    void knowsTheNumbersOfManyRegions() {
        assertThat(PlainMobiles.e164("GB", "07700900123"))
                .as("for films, so none")
                .isNull();
        assertThat(PlainMobiles.e164("GB", "07912345678")).isEqualTo("+447912345678");
        assertThat(PlainMobiles.e164("DE", "015123456789")).isEqualTo("+4915123456789");
        assertThat(PlainMobiles.e164("EG", "01001234567")).isEqualTo("+201001234567");
    }

    @Test
    void leavesToTheLibraryWhatIsNotPlain() {
        List<String> texts =
                List.of("7912345678", "+447912345678", "00447912345678", "07912 345678", "02079460000", "", "0");
        assertThat(texts)
                .allSatisfy(text -> assertThat(PlainMobiles.e164("GB", text)).isNull());
        assertThat(PlainMobiles.e164(null, "07912345678")).isNull();
        assertThat(PlainMobiles.e164("XX", "07912345678")).isNull();
        assertThat(PlainMobiles.e164("US", "02015550123"))
                .as("no 0 is dialled there")
                .isNull();
        assertThat(PlainMobiles.e164("JE", "07797712345"))
                .as("a region beside others of one code")
                .isNull();
    }

    @Test
    void saysOfEveryRegionWhatTheLibrarySays() {
        Set<String> known = new TreeSet<>();
        for (String region : LIBRARY.getSupportedRegions()) {
            for (String text : texts(region)) {
                String number = PlainMobiles.e164(region, text);
                if (number != null) {
                    assertThat(number).as(region + " " + text).isEqualTo(byLibrary(region, text));
                    known.add(region);
                }
            }
        }
        assertThat(known).contains("GB", "DE", "FR", "EG", "AE", "TR").hasSizeGreaterThan(80);
    }

    /** Examples of each type with some digits changed, dropped or doubled, and whatever comes. */
    private List<String> texts(String region) {
        List<String> texts = new ArrayList<>();
        for (PhoneNumberType type : PhoneNumberType.values()) {
            PhoneNumber example = LIBRARY.getExampleNumberForType(region, type);
            for (int i = 0; example != null && i < TRIES; i++) {
                texts.add("0" + changed(LIBRARY.getNationalSignificantNumber(example), i % 5));
            }
        }
        for (int i = 0; i < TRIES; i++) {
            texts.add("0" + digits(6 + random.nextInt(7)));
        }
        return texts;
    }

    private String changed(String number, int times) {
        StringBuilder changed = new StringBuilder(number);
        for (int i = 0; i < times; i++) {
            changed.setCharAt(random.nextInt(changed.length()), digits(1).charAt(0));
        }
        return switch (random.nextInt(12)) {
            case 0 -> changed.substring(1);
            case 1 -> changed + digits(1);
            default -> changed.toString();
        };
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static String byLibrary(String region, String text) {
        try {
            PhoneNumber number = LIBRARY.parse(text, region);
            PhoneNumberType type = LIBRARY.getNumberType(number);
            boolean mobile = type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE;
            return mobile ? LIBRARY.format(number, PhoneNumberFormat.E164) : "none: " + type;
        } catch (NumberParseException problem) {
            return "none: " + problem.getMessage();
        }
    }
}
