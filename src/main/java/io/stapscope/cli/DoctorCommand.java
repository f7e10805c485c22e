package io.stapscope.cli;

import io.stapscope.capture.doctor.Doctor;
import io.stapscope.capture.doctor.DoctorReport;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stapscope doctor}: what this machine can trace, found by trying. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = "Say what this machine can trace, and how to mend what it cannot.",
        footer = {"", "Exit status: 0 when probes can run here, 1 otherwise."})
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        var report = Doctor.examine(LiveHost.ofThisProcess().features(), null);
        System.out.print(report.text());
        return report.canTrace() ? 0 : 1;
    }

    /** The three lines that {@code up} prints. */
    static List<String> summary(DoctorReport report, Host host, String database) {
        return List.of(
                report.summary(),
                "kernel " + host.kernelRelease() + ", " + host.possibleCpus() + " CPUs; history in " + database,
                "stapscope doctor tells more");
    }
}
