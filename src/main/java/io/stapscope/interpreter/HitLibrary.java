package io.stapscope.interpreter;

import io.stapscope.compiler.regex.Regex;
import io.stapscope.interpreter.library.LibraryException;
import io.stapscope.interpreter.library.Tokens;
import org.jspecify.annotations.Nullable;

/** What library functions remember within one run of a handler. */
final class HitLibrary {
    final Tokens tokens = new Tokens();
    private @Nullable Regex regex;
    private String subject = "";
    private int @Nullable [] groups;

    /** A regular expression occurs in a text; where its groups lie is found out when somebody asks. */
    void matched(Regex pattern, String text) {
        regex = pattern;
        subject = text;
        groups = null;
    }

    /** Text of a group of the last match, "" for one that took no part. */
    String matched(long group) {
        var found = groups();
        if (group < 0 || group >= found.length / 2) {
            throw new LibraryException("match group out of range");
        }
        int from = found[(int) group * 2];
        return from < 0 ? "" : subject.substring(from, found[(int) group * 2 + 1]);
    }

    /** How many groups the last match has, itself among them; 0 before the first match. */
    long ngroups() {
        return regex == null ? 0 : regex.groups() + 1;
    }

    private int[] groups() {
        if (regex == null) {
            throw new LibraryException("no regular expression has matched");
        }
        if (groups == null) {
            groups = regex.match(subject);
        }
        return groups == null ? new int[0] : groups;
    }
}
