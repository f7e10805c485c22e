package io.stapscope.history.bundle;

/** A file that is no bundle, or one that cannot be taken; the message says why. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean present;

    BundleException(String message) {
        this(message, false);
    }

    private BundleException(String message, boolean present) {
        super(message);
        this.present = present;
    }

    static BundleException present(String message) {
        return new BundleException(message, true);
    }

    /** Whether nothing is wrong with it: its capture is here already. */
    public boolean isPresent() {
        return present;
    }
}
