package dev.posbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatsTest {
    private final Repeats repeats = new Repeats();

    @Test
    void tellsTheFirstAndThenHowManyThereWereAfterPausesThatGrow() {
        assertThat(repeats.hear("cause", 0)).isZero();
        assertThat(repeats.hear("cause", 1)).isEqualTo(-1);
        assertThat(repeats.hear("cause", 9_999)).isEqualTo(-1);
        assertThat(repeats.hear("cause", 10_000)).isEqualTo(2);
        assertThat(repeats.hear("cause", 29_999)).isEqualTo(-1);
        assertThat(repeats.hear("cause", 30_000)).isEqualTo(1);
    }

    @Test
    void tellsAnHourOfAThousandAMinuteInTenLines() {
        int told = 0;
        for (long now = 0; now < 3_600_000; now += 60) {
            told += repeats.hear("cause", now) < 0 ? 0 : 1;
        }
        assertThat(told).isLessThanOrEqualTo(10);
    }

    @Test
    void keepsCausesApartAndForgetsTheOneThatWasSilentLongest() {
        assertThat(repeats.hear("first", 0)).isZero();
        for (int cause = 0; cause < Repeats.MOST_CAUSES; cause++) {
            assertThat(repeats.hear(cause, 1)).isZero();
        }
        assertThat(repeats.hear("first", 2)).isZero();
        assertThat(repeats.hear(Repeats.MOST_CAUSES - 1, 2)).isEqualTo(-1);
    }

    @Test
    void takesWhatWasSilentForHoursAsNews() {
        assertThat(repeats.hear("cause", 0)).isZero();
        assertThat(repeats.hear("cause", 5)).isEqualTo(-1);
        assertThat(repeats.hear("cause", 24L * 3_600_000)).isZero();
    }
}
