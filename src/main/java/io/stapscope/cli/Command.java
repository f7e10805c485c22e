package io.stapscope.cli;

import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** One word after {@code stapscope}: what it takes, what is said about it, and what it does. */
interface Command {
    String name();

    /** One sentence, for the list of all commands and its own help. */
    String summary();

    /** What follows the options in the usage line; empty for nothing. */
    String operands();

    Options options();

    /** Lines after the options of its help. */
    List<String> footer();

    /**
     * The exit status.
     *
     * @throws UserException when what was asked for cannot be done
     */
    int run(CommandLine line) throws UserException, IOException, InterruptedException;
}
