package io.stapscope.interpreter;

/** Receives what handlers print, as byte strings. */
public interface Console {
    /** Text for standard output: all that one handler printed comes together unless it is very long. */
    void print(String text);

    /** The message of a warning, without {@code WARNING: } and line end. */
    void warn(String message);
}
