package io.stapscope.history;

/** The database was asked for more than it may take time for. The message says what to do. */
public final class QuestionTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    QuestionTooLongException(long limitMillis) {
        super("the database did not answer within " + limitMillis / 1000
                + " s; ask for a shorter range, fewer columns or fewer series");
    }
}
