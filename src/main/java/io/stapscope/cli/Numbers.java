package io.stapscope.cli;

/** Reads the numbers of options. */
final class Numbers {
    private Numbers() {}

    /** @param what the option, as the user wrote it */
    static int within(String what, String text, int least, int most) throws UserException {
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UserException(what + " " + text + ": not a number");
        }
        if (value < least || value > most) {
            throw new UserException(what + " " + text + ": allowed are " + least + " to " + most);
        }
        return (int) value;
    }
}
