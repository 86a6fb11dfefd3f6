package dev.posbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * Something that changed a customer's points.
 *
 * @param id grows with time
 * @param transactionId of the order or the refund
 */
record Activity(long id, String type, Instant at, CustomerEntry customer, String transactionId, long points) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    ObjectNode toJson() {
        ZonedDateTime moment = at.atZone(ZoneOffset.UTC);
        return Json.object()
                .put("activityId", id)
                .put("activityType", type)
                .put("activityDay", moment.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .put("activityDate", DATE.format(moment))
                .put("activityTime", CLOCK.format(LocalTime.from(moment)))
                .put("customerId", customer.customerId)
                .put("email", customer.email)
                .put("phoneNumber", customer.mobile)
                .put("displayName", customer.displayName)
                .put("transactionId", transactionId)
                .put("isManualActivity", false)
                .put("points", points);
    }
}
