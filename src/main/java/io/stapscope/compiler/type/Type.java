package io.stapscope.compiler.type;

/** What a value of the probe language is. */
public enum Type {
    /** Signed 64-bit integer. */
    LONG("long"),
    /** Bytes without NUL, at most {@code MAXSTRINGLEN - 1} of them. */
    STRING("string"),
    /** A value fed by {@code <<<}. */
    STATISTIC("stats"),
    /** The result of a function that returns nothing. */
    NONE("nothing");

    private final String word;

    Type(String word) {
        this.word = word;
    }

    /** The user's word for it. */
    public String word() {
        return word;
    }
}
