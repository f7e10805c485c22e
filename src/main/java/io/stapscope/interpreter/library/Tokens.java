package io.stapscope.interpreter.library;

/** What tokenize() remembers between its calls in one hit. */
public final class Tokens {
    private String rest = "";
    private boolean done = true;

    /** The next token that is not empty; "" when there is none. A text that is not empty begins anew. */
    public String next(String text, String delimiters) {
        if (!text.isEmpty()) {
            rest = text;
            done = false;
        }
        while (!done) {
            int end = 0;
            while (end < rest.length() && delimiters.indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            var token = rest.substring(0, end);
            done = end == rest.length();
            rest = done ? "" : rest.substring(end + 1);
            if (!token.isEmpty()) {
                return token;
            }
        }
        return "";
    }
}
