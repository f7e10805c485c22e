package io.stapscope.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.stapscope.api.error.ApiException;
import io.stapscope.capture.Machine;
import io.stapscope.capture.Processes;
import io.stapscope.capture.Processes.ProcessInfo;
import io.stapscope.capture.Scripts;
import io.stapscope.capture.StoreProbe;
import io.stapscope.capture.backend.Backends;
import io.stapscope.capture.doctor.Doctor;
import io.stapscope.capture.doctor.DoctorReport;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What this machine offers to scripts: probe points, processes, system calls, and what the doctor finds. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class HostResource {
    private static final int MOST = 1000;
    private static final int LONGEST_POINT = 500;

    private final Scripts scripts;
    private final Processes processes;
    private final Machine machine;
    private final StoreProbe store;
    private final Backends backends;

    HostResource(Scripts scripts, Processes processes, Machine machine, StoreProbe store, Backends backends) {
        this.scripts = scripts;
        this.processes = processes;
        this.machine = machine;
        this.store = store;
        this.backends = backends;
    }

    @GET
    @Path("/probes")
    @Operation(summary = "Probe points that begin with a prefix")
    public ProbesMessage probes(
            @QueryParam("prefix") @DefaultValue("") String prefix, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new ProbesMessage(scripts.probes(prefix).stream()
                .limit(Math.clamp(limit, 1, MOST))
                .toList());
    }

    @GET
    @Path("/points")
    @Blocking
    @Operation(summary = "Probe points of this host that a pattern stands for: * in a component, ** over many")
    public PointsMessage points(
            @QueryParam("pattern") @DefaultValue("*") String pattern,
            @QueryParam("limit") @DefaultValue("200") int limit) {
        int most = Math.clamp(limit, 1, MOST);
        var found = scripts.pointsHere(pointText(pattern), most);
        return new PointsMessage(found.stream().limit(most).toList(), found.size() > most);
    }

    @GET
    @Path("/points/variables")
    @Blocking
    @Operation(summary = "What the body of a probe at a point may read")
    public VariablesMessage variables(@QueryParam("point") @DefaultValue("") String point) {
        return new VariablesMessage(scripts.variables(pointText(point)));
    }

    private static String pointText(String text) {
        if (text.length() > LONGEST_POINT || text.chars().anyMatch(each -> each == '{' || each == '}' || each < ' ')) {
            throw ApiException.badRequest(
                    "point", "a probe point is one line of at most " + LONGEST_POINT + " characters, no braces");
        }
        return text;
    }

    @GET
    @Path("/processes")
    @Operation(summary = "Processes whose id, name or command line holds a text")
    public ProcessesMessage processes(@QueryParam("query") @DefaultValue("") String query) {
        var wanted = query.toLowerCase(Locale.ROOT);
        return new ProcessesMessage(processes.list().stream()
                .filter(process -> matches(process, wanted))
                .limit(MOST)
                .toList());
    }

    @GET
    @Path("/syscalls")
    @Operation(summary = "Names of system calls by number")
    public SyscallsMessage syscalls() {
        return new SyscallsMessage(machine.syscalls());
    }

    @GET
    @Path("/doctor")
    @Blocking
    @Operation(summary = "What this machine can trace, and how to mend what it cannot")
    public Uni<DoctorMessage> doctor() {
        var names = backends.examine();
        return store.ask().map(database -> DoctorMessage.of(Doctor.examine(machine.features(), database, names)));
    }

    private static boolean matches(ProcessInfo process, String wanted) {
        return Integer.toString(process.pid()).startsWith(wanted)
                || process.name().toLowerCase(Locale.ROOT).contains(wanted)
                || process.command().toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** Probe points. */
    public record ProbesMessage(List<Scripts.ProbeForm> probes) {}

    /** Points of this host. */
    public record PointsMessage(List<Scripts.ProbeForm> points, boolean more) {}

    /** Variables of a point. */
    public record VariablesMessage(List<Scripts.ProbeVariable> variables) {}

    /** Processes. */
    public record ProcessesMessage(List<ProcessInfo> processes) {}

    /** System calls. */
    public record SyscallsMessage(SortedMap<Integer, String> names) {}

    /** The doctor's report. */
    public record DoctorMessage(String summary, List<Check> checks) {
        public record Check(String id, String title, String found, String verdict, String neededFor, String fix) {}

        static DoctorMessage of(DoctorReport report) {
            return new DoctorMessage(
                    report.summary(),
                    report.checks().stream()
                            .map(check -> new Check(
                                    check.id(),
                                    check.title(),
                                    check.found(),
                                    check.verdict().word(),
                                    check.neededFor(),
                                    check.fix()))
                            .toList());
        }
    }
}
