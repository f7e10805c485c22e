package io.stapscope.capture;

/** A name for a capture that was given none: the script's first words. */
final class CaptureNames {
    private static final int LONGEST = 60;

    private CaptureNames() {}

    static String of(String script) {
        var line = script.lines()
                .map(CaptureNames::withoutComment)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("script");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** A leading comment is the best title a script has. */
    private static String withoutComment(String line) {
        var text = line.strip();
        if (text.startsWith("#!")) {
            return "";
        }
        return text.replaceFirst("^(#+|//+|/\\*+)\\s*", "").replaceFirst("\\s*\\*+/$", "");
    }
}
