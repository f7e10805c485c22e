package io.stapscope.interpreter;

/** Receives what handlers print, as byte strings. */
public interface Console {
    /** Text for standard output: all that one handler printed comes together unless it is very long. */
    void print(String text);

    /** The message of a warning, without {@code WARNING: } and line end. */
    void warn(String message);

    /** Gives a command to the shell, where that is allowed; the handler does not wait for it. */
    void system(String command);

    /** Writes a line into the log of the kernel. */
    void kernelLog(long level, String message);

    /**
     * Sends a signal, unless the process has ended since.
     *
     * @param nanos when the handler met the process, as the run's clock has it
     */
    void signal(long number, long pid, long nanos);
}
