package io.stapscope.capture.doctor;

import java.util.List;

/** All checks and what they come to in a sentence. */
public record DoctorReport(String summary, List<DoctorCheck> checks) {
    public DoctorReport {
        checks = List.copyOf(checks);
    }

    public boolean canTrace() {
        return checks.stream().noneMatch(check -> check.verdict() == Verdict.BLOCKED);
    }

    /** As text for a terminal or a bug report: a line for each check, the fix below it. */
    public String text() {
        var text = new StringBuilder(summary).append('\n');
        for (var check : checks) {
            text.append(String.format("%-8s %-34s %s%n", check.verdict().word(), check.title(), check.found()));
            if (!check.fix().isEmpty()) {
                text.append("         -> ").append(check.fix()).append('\n');
            }
        }
        return text.toString();
    }
}
