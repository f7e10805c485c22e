package io.stapscope.history;

/** A question that needs more rows than may be read for one answer. */
public final class QuestionTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    QuestionTooLargeException(long rows, long limit) {
        super("this needs " + rows + " stored rows, an answer may read " + limit
                + "; ask for a shorter range or fewer series");
    }
}
