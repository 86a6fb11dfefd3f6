package dev.posbridge;

/**
 * What somebody who asks Gameball about a failed call tells them.
 *
 * @param status of HTTP; code Gameball's own, and its request id; each null where there was none
 */
public record Answered(Integer status, Integer code, String requestId) {
    /** Nobody answered. */
    public static final Answered NOTHING = new Answered(null, null, null);
}
