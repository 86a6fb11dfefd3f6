package dev.posbridge.delivery;

import dev.posbridge.PosbridgeException;

/** Nothing to do: the call was not made because delivery stops or the gate closed; the record stays as it was. */
public final class DeliveryStoppedException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    DeliveryStoppedException(String what) {
        super("Not sent: " + what);
    }
}
