package io.stapscope.kernel.program;

import java.util.regex.Pattern;

/** What can be read from the verifier's log: where it stopped, and why. */
record VerifierLog(String text, String tellingLine, int slot) {
    /** {@code 12: (85) call bpf_map_lookup_elem#1}, the form in which the verifier shows what it looks at. */
    private static final Pattern VISITED = Pattern.compile("^(\\d+): \\([0-9a-f]{2}\\)");

    /** {@code unreachable insn 7}, {@code jump out of range from insn 3 to 99}: found before it looks at any. */
    private static final Pattern NAMED = Pattern.compile("\\binsn (\\d+)");

    /** Closing lines of statistics. */
    private static final Pattern CLOSING =
            Pattern.compile("^(processed \\d+ insns|verification time|stack depth|insns processed).*");

    static VerifierLog parse(String text) {
        String telling = "";
        int slot = -1;
        for (var line : text.split("\n")) {
            var visited = VISITED.matcher(line);
            if (visited.find()) {
                slot = number(visited.group(1));
            }
            if (!line.isBlank() && !CLOSING.matcher(line).matches()) {
                telling = line.strip();
            }
        }
        var named = NAMED.matcher(telling);
        if (slot < 0 && named.find()) {
            slot = number(named.group(1));
        }
        return new VerifierLog(text, telling, slot);
    }

    private static int number(String digits) {
        return digits.length() > 9 ? -1 : Integer.parseInt(digits);
    }
}
