package dev.posbridge.vendor.value;

import java.time.LocalDate;

/** What was read; reused, so that reading allocates nothing. */
final class ParsedDate {
    private static final int NO_OFFSET = Integer.MIN_VALUE;

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int nano;
    int offset;

    void clear() {
        hour = 0;
        minute = 0;
        second = 0;
        nano = 0;
        offset = NO_OFFSET;
    }

    long epochDay() {
        return LocalDate.of(year, month, day).toEpochDay();
    }

    LocalDate date() {
        return LocalDate.of(year, month, day);
    }

    void plusDay() {
        LocalDate next = date().plusDays(1);
        year = next.getYear();
        month = next.getMonthValue();
        day = next.getDayOfMonth();
    }

    int secondOfDay() {
        return (hour * 60 + minute) * 60 + second;
    }

    int nano() {
        return nano;
    }

    boolean hasOffset() {
        return offset != NO_OFFSET;
    }

    int offset() {
        return offset;
    }
}
