package dev.posbridge.sandbox;

/** The sandbox refuses a call, or one object of a batch, as Gameball does: a status, a code and a message. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
        this(status, code, message, null);
    }

    Refusal(int status, int code, String message, Throwable cause) {
        super(message, cause, false, false);
        this.status = status;
        this.code = code;
    }

    /** The payload is wrong; the message begins with the name of the field. */
    static Refusal invalid(String message) {
        return new Refusal(422, 3000, message);
    }

    static Refusal unknownCustomer(String customerId) {
        return new Refusal(404, 7000, "customer \"" + customerId + "\" is not found");
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
