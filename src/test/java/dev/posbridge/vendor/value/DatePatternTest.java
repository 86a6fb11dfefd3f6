package dev.posbridge.vendor.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatePatternTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy HH:mm, 28.02.2026 23:59, 2026-02-28T23:59:00Z",
        "yyyyMMddHHmmss, 20240229080000, 2024-02-29T08:00:00Z",
        "dd/MM/uuuu, 01/01/2026, 2026-01-01T00:00:00Z",
        "yyyy-MM-dd'T'HH:mm:ss, 2026-01-01T10:00:00, 2026-01-01T10:00:00Z",
        "M/d/yy h:mm a, 2/1/22 10:50 pm, 2022-02-01T22:50:00Z",
        "d MMM yyyy, 3 Mar 2026, 2026-03-03T00:00:00Z",
    })
    void readsTillDates(String pattern, String text, Instant expected) {
        assertThat(read(pattern, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "dd.MM.yyyy, 31.02.2026",
        "dd.MM.yyyy, 29.02.2025",
        "dd.MM.yyyy, 1.2.2026",
        "dd.MM.yyyy, 01.13.2026",
        "dd.MM.yyyy, 01.02.2026x",
        "dd.MM.yyyy HH:mm, 01.02.2026 24:00",
        "dd.MM.yyyy HH:mm, 01.02.2026 10:60",
        "d.M.yyyy, 31.2.2026",
        "yyyy-MM-dd'T'HH:mm:ssXXX, 2026-01-01T10:00:00+0100",
        "yyyy-MM-dd'T'HH:mm:ssXXX, 2026-01-01T10:00:00",
    })
    void refusesDatesThatAreNone(String pattern, String text) {
        assertThat(DatePattern.of(pattern).parse(text, new ParsedDate())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T10:00:00Z, 0",
        "2026-01-01T10:00:00+05:30, 19800",
        "2026-01-01T10:00:00-03:00, -10800",
    })
    void readsOffsets(String text, int seconds) {
        ParsedDate parsed = new ParsedDate();
        assertThat(DatePattern.of("yyyy-MM-dd'T'HH:mm:ssXXX").parse(text, parsed))
                .isTrue();
        assertThat(parsed.offset()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HH:mm", "MM.yyyy", "dd.MM", "b", "dd.MM.yyyy 'open"})
    void refusesPatternsWithoutADay(String pattern) {
        assertThatThrownBy(() -> DatePattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29 00:59, 2026-03-29T00:59:00Z", // the last minute before the gap
        "2026-03-29 01:30, 2026-03-29T01:30:00Z", // never was: moved to 02:30 summer time
        "2026-03-29 02:00, 2026-03-29T01:00:00Z",
        "2026-10-25 00:30, 2026-10-24T23:30:00Z",
        "2026-10-25 01:30, 2026-10-25T00:30:00Z", // was twice: the first
        "2026-10-25 02:00, 2026-10-25T02:00:00Z",
    })
    void mapsTheDaysOnWhichTheClockChanges(String text, Instant expected) {
        assertThat(read("yyyy-MM-dd HH:mm", text)).isEqualTo(expected);
    }

    @Test
    void agreesWithJavaTimeOnEveryQuarterOfAYearInSeveralZones() {
        DateTimeFormatter written = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
        for (String name : new String[] {
            "Europe/London",
            "America/New_York",
            "Asia/Riyadh",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Asuncion",
            "Pacific/Apia"
        }) {
            ZoneId zone = ZoneId.of(name);
            Offsets offsets = new Offsets(zone);
            DatePattern pattern = DatePattern.of("yyyy-MM-dd HH:mm");
            ParsedDate parsed = new ParsedDate();
            LocalDateTime time = LocalDate.of(2026, 1, 1).atStartOfDay();
            for (; time.getYear() == 2026; time = time.plusMinutes(15)) {
                assertThat(pattern.parse(time.format(written), parsed)).isTrue();
                assertThat(offsets.toInstant(parsed))
                        .isEqualTo(time.atZone(zone).toInstant());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dd.MM.yyyy hh:mm      | h counts to twelve, and nothing says whether before or after noon. Write HH, or add a
                    dd.MM.yyyy KK:mm      | h counts to twelve, and nothing says whether before or after noon. Write HH, or add a
                    dd.MM.yyyy kk:mm      | k counts from one, and reads 24:10 as ten past midnight of the same day. Write HH, and hours: 36 where hours go on after midnight
                    YYYY-MM-dd            | Y is the year of the week, another than the calendar's around New Year. Write yyyy
                    yyyy-MM-DD            | D counts the days of the year. Write dd
                    dd.mm.yyyy            | mm are minutes, and no month is named. Write MM for the month
                    dd/mm/yyyy HH:mm      | m stands in it twice
                    yyyy-MM-dd HH:MM      | M stands in it twice. Minutes are mm, months MM
                    dd.MM. HH:mm          | it names no day, month and year
                    MM.yyyy               | it names no day, month and year
                    dd.MM.yyyy mm:ss      | it has minutes, but no hour. Write HH:mm
                    dd.MM.yyyy HH:hh a    | it names the hour in two ways. Write HH, or h and a
                    dd.MM.yyyy a          | a says before or after noon, but no hour is named. Add h
                    ww-yyyy-MM-dd         | w says no day, and no time, for itself. Write day, month and year
                    yyyy-MM-dd HH:ss      | it has parts of a time without those before them. Write HH:mm:ss
                    """)
    void refusesPatternsThatCannotSayWhatTheyRead(String pattern, String problem) {
        assertThatThrownBy(() -> DatePattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }

    @Test
    void refusesAQuotedZWhichWouldReadUtcAsLocalTime() {
        assertThatThrownBy(() -> DatePattern.of("yyyy-MM-dd'T'HH:mm:ss'Z'"))
                .hasMessage("'Z' in quotes passes over the offset, so that UTC is read as local time. Write XXX");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1/31/26 1:33 PM",
                "1/31/26 1:33 pm",
                "1/31/26 1:33 P.M.",
                "1/31/26 1:33 p. m.",
                "1/31/26 1:33\u202FPM",
                "1/31/26 1:33\u00A0p.m.",
                "1/31/26 1:33PM",
                "1/31/26 1:33p",
                "1/31/26  01:33 PM",
                "\u0661/\u0663\u0661/\u0662\u0666 \u0661:\u0663\u0663 \u0645",
                "\u200E1/31/26 1:33 PM",
            })
    void readsEverySpellingOfTheAfternoon(String text) {
        ParsedDate parsed = new ParsedDate();
        DatePattern pattern = DatePattern.of("M/d/yy h:mm a");
        assertThat(pattern.parse(text, parsed) || pattern.parseLoosely(text, parsed))
                .isTrue();
        assertThat(parsed.hour).isEqualTo(13);
        assertThat(parsed.minute).isEqualTo(33);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/31/26 1:33", "1/31/26 13:33 PM", "1/31/26 1:33 XM", "1/31/26 PM"})
    void refusesAnAfternoonThatIsNone(String text) {
        ParsedDate parsed = new ParsedDate();
        DatePattern pattern = DatePattern.of("M/d/yy h:mm a");
        assertThat(pattern.parse(text, parsed) || pattern.parseLoosely(text, parsed))
                .isFalse();
    }

    @Test
    void takesTheSecondOfATimeThatWasTwiceWhereItIsAskedTo() {
        ParsedDate parsed = new ParsedDate();
        assertThat(DatePattern.of("yyyy-MM-dd HH:mm").parse("2026-10-25 01:10", parsed))
                .isTrue();
        assertThat(new Offsets(LONDON).toInstant(parsed, true)).isEqualTo("2026-10-25T01:10:00Z");
        assertThat(DatePattern.of("yyyy-MM-dd HH:mm").parse("2026-03-29 01:30", parsed))
                .isTrue();
        assertThat(new Offsets(LONDON).toInstant(parsed, true)).isEqualTo("2026-03-29T01:30:00Z");
    }

    private static Instant read(String pattern, String text) {
        ParsedDate parsed = new ParsedDate();
        assertThat(DatePattern.of(pattern).parse(text, parsed)).isTrue();
        return new Offsets(LONDON).toInstant(parsed);
    }
}
