package dev.posbridge.vendor.format.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * What a cell says, as text: numbers in plain digits, dates as ISO dates where the cell's own format makes the number one.
 * A spreadsheet keeps fifteen digits: a longer whole number has lost its last ones and stays in the form with E, which is
 * nobody's id.
 */
final class CellText {
    private static final MathContext KEPT = new MathContext(15, RoundingMode.HALF_UP);
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,40})?([Ee][+-]?\\d{1,3})?");
    private static final BigDecimal SECONDS = BigDecimal.valueOf(86_400);
    private static final int LAST_DAY = 2_958_465; // 9999-12-31
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter BOTH = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final boolean from1904;

    /** @param from1904 whether the workbook counts days as old Macintoshes did */
    CellText(boolean from1904) {
        this.from1904 = from1904;
    }

    /** "" for a cell that is not there. */
    String of(Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        String raw = cell.getRawValue();
        return switch (cell.getType()) {
            case STRING -> cell.getText() == null ? "" : cell.getText();
            case BOOLEAN -> "1".equals(raw) || "true".equalsIgnoreCase(raw) ? "true" : "false";
            case NUMBER, FORMULA -> raw == null ? "" : number(raw, cell.getDataFormatId(), cell.getDataFormatString());
            default -> raw == null ? "" : raw;
        };
    }

    private String number(String raw, Integer formatId, String format) {
        if (!NUMBER.matcher(raw).matches()) {
            return raw; // A formula's text.
        }
        BigDecimal value = new BigDecimal(raw).round(KEPT);
        String dated = date(value, formatId == null ? 0 : formatId, format == null ? "" : format);
        if (dated != null) {
            return dated;
        }
        if (value.precision() - value.scale() > KEPT.getPrecision()) {
            return value.round(KEPT).stripTrailingZeros().toString();
        }
        String plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        boolean padded = format != null && format.matches("0{2,30}") && plain.matches("\\d+");
        return padded && plain.length() < format.length()
                ? "0".repeat(format.length() - plain.length()) + plain
                : plain;
    }

    /** Null where the number is no date. */
    private String date(BigDecimal value, int formatId, String format) {
        String letters =
                format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\\\.|\\[(?!h|m|s)[^\\]]*\\]|general|_.", "");
        boolean builtInDay = formatId >= 14 && formatId <= 17 || formatId == 22;
        boolean builtInTime = formatId >= 18 && formatId <= 22 || formatId >= 45 && formatId <= 47;
        boolean day = builtInDay || letters.matches(".*[yd].*");
        boolean time = builtInTime || letters.matches(".*[hs].*");
        if (!day && !time || value.signum() < 0) {
            return null;
        }
        int days = value.setScale(0, RoundingMode.FLOOR).intValue();
        long seconds = value.subtract(BigDecimal.valueOf(days))
                .multiply(SECONDS)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        boolean written = value.compareTo(BigDecimal.valueOf(LAST_DAY)) < 0;
        if (!written || day && !from1904 && days < 61) {
            return null; // The spreadsheet's 29 February 1900 never was.
        }
        if (!day) {
            return days == 0 && seconds < SECONDS.longValue() ? TIME.format(LocalTime.ofSecondOfDay(seconds)) : null;
        }
        LocalDateTime moment = (from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30))
                .plusDays(days)
                .atStartOfDay()
                .plusSeconds(seconds);
        return time || seconds != 0 ? BOTH.format(moment) : DAY.format(moment);
    }
}
