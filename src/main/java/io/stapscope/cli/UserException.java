package io.stapscope.cli;

/** What the user asked for cannot be done; the message is for the terminal. */
final class UserException extends Exception {
    private static final long serialVersionUID = 1;

    UserException(String message) {
        super(message);
    }
}
