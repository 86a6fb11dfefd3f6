package dev.posbridge;

/** Make room on the disk: nothing is taken in until there is, then it goes on by itself. */
public final class NoRoomException extends PosbridgeException {
    private static final long serialVersionUID = 1L;

    public NoRoomException(String what) {
        super(what);
    }
}
