package dev.posbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How soon and how often jobs are asked about. */
class JobPaceTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Test
    void asksOnceOfJobsThatTakeAsLongAsTheLast() {
        JobPace pace = new JobPace(LONGEST, List.of());
        questions(pace, Duration.ofSeconds(2));
        int questions = 0;
        for (int job = 0; job < 200; job++) {
            questions += questions(pace, Duration.ofSeconds(2));
        }
        assertThat(questions).isBetween(200, 225);
    }

    @Test
    void learnsHowLongJobsTakeFromAFewQuestionsAboutTheFirst() {
        assertThat(questions(new JobPace(LONGEST, List.of()), Duration.ofSeconds(2)))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void asksAtOnceWhereJobsTakeNoTime() {
        JobPace pace = new JobPace(LONGEST, List.of(2L, 1L));
        for (int job = 0; job < 10; job++) {
            questions(pace, Duration.ZERO);
        }
        assertThat(pace.first()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void asksWellBeforeTheDeadlineHoweverLongJobsTook() {
        JobPace pace = new JobPace(Duration.ofMillis(400), List.of(60_000L));

        assertThat(pace.first()).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(pace.deadline()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void givesAJobTwentyTimesAsLongAsTheSlowestAndTenSecondsAtLeast() {
        assertThat(new JobPace(LONGEST, List.of()).deadline()).isEqualTo(LONGEST);
        assertThat(new JobPace(LONGEST, List.of(20L)).deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(new JobPace(LONGEST, List.of(2_000L, 50L)).deadline()).isEqualTo(Duration.ofSeconds(40));
        assertThat(new JobPace(LONGEST, List.of(60_000L)).deadline()).isEqualTo(LONGEST);
    }

    private static int questions(JobPace pace, Duration duration) {
        Duration age = pace.first();
        int looks = 1;
        while (age.compareTo(duration) < 0) {
            age = age.plus(pace.next(age));
            looks++;
        }
        pace.ended(age, looks);
        return looks;
    }
}
