package io.stapscope.cli;

import io.stapscope.capture.doctor.Doctor;
import io.stapscope.capture.doctor.DoctorReport;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code stapscope doctor}: what this machine can trace, found by trying. */
final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "Say what this machine can trace, and how to mend what it cannot.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> footer() {
        return List.of("", "Exit status: 0 when probes can run here, 1 otherwise.");
    }

    @Override
    public int run(CommandLine line) {
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
