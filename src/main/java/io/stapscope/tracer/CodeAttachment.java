package io.stapscope.tracer;

import io.stapscope.bpf.ProgramSpec.AttachSpec.Place;
import io.stapscope.bpf.ProgramSpec.AttachSpec.UserProbe;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.host.Host;
import io.stapscope.host.Host.ProgramLookup;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import io.stapscope.kernel.inspect.FileIdentity;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.FileHandle;
import io.stapscope.kernel.syscall.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attaches programs to places in the code of files. The kernel takes any offset, and one inside an instruction changes what
 * the probed program does; so the file must be the one the script was compiled for, and is read again to see that an
 * instruction begins at each place. What is refused is left out and told.
 */
final class CodeAttachment {
    private static final String MACHINE = "x86_64";

    private final KernelObjects objects;
    private final Host host;
    private final List<String> leftOut = new ArrayList<>();
    private final Map<Program, Map<Long, String>> entries = new HashMap<>();
    private final CodeWatch watch;
    private int attached;

    CodeAttachment(KernelObjects objects, Host host) {
        this.objects = objects;
        this.watch = new CodeWatch(objects);
        this.host = host;
    }

    /** Refuses what neither this product nor this kernel can do. */
    static void check(Plan plan, Host host) throws TraceException {
        for (var handler : plan.handlers()) {
            if (!(handler.point() instanceof ProbePoint.Code code)) {
                continue;
            }
            if (!host.architecture().equals(MACHINE)) {
                throw new TraceException(
                        "places in the code of programs are probed on " + MACHINE + " only, this machine is "
                                + host.architecture(),
                        handler.span(),
                        "",
                        null);
            }
            var needed = code.atReturn() ? "bpf_session_is_return" : "bpf_preempt_disable";
            if (!host.types().hasFunction(needed)) {
                throw new TraceException(
                        "this kernel has no " + needed + "(): "
                                + (code.atReturn()
                                        ? "returns of functions need Linux 6.13"
                                        : "places in the code of programs need Linux 6.10"),
                        handler.span(),
                        "",
                        null);
            }
        }
    }

    /** Places that have no probe, by name, each with the reason. */
    List<String> leftOut() {
        return leftOut;
    }

    int attached() {
        return attached;
    }

    /** The files that are probed. */
    CodeWatch watch() {
        return watch;
    }

    /** @param handlers that are in the program */
    void attach(BpfProgram program, UserProbe probe, List<Handler> handlers) throws TraceException {
        var path = current(probe, handlers);
        try {
            var file = watch.hold(path, probe.path(), probe.process(), program);
            if (!isSame(probe, file.path())) {
                throw replaced(probe, handlers);
            }
            var sites = sites(handlers);
            var code = read(path, probe, handlers);
            var places = new ArrayList<Place>();
            for (var place : probe.places()) {
                var refusal = refusal(code, sites.getOrDefault(place.offset(), List.of()), place);
                if (refusal == null) {
                    places.add(place);
                } else {
                    leaveOut(sites, place, refusal);
                }
            }
            if (!places.isEmpty()) {
                attach(program, file, probe.with(places), sites);
            }
        } catch (KernelException e) {
            throw refused(e, probe, handlers);
        }
    }

    private void attach(BpfProgram program, FileHandle file, UserProbe probe, Map<Long, List<CheckedSite>> sites) {
        var refused = objects.attach(program, file.path(), probe);
        attached += probe.places().size() - refused.size();
        for (var one : refused) {
            leaveOut(sites, one.place(), "the kernel refuses it with " + Errno.name(one.errno()));
        }
    }

    private void leaveOut(Map<Long, List<CheckedSite>> sites, Place place, String reason) {
        var first = sites.getOrDefault(place.offset(), List.of());
        var name = first.isEmpty()
                ? "offset " + place.offset()
                : first.getFirst().site().text();
        leftOut.add(name + " (" + reason + ")");
    }

    /** A file that was deleted or replaced since is still there for the process that runs it. */
    private static String current(UserProbe probe, List<Handler> handlers) throws TraceException {
        var candidates = probe.process() == 0
                ? List.of(probe.path())
                : List.of(probe.path(), "/proc/" + probe.process() + "/exe");
        for (var path : candidates) {
            if (isSame(probe, path)) {
                return path;
            }
        }
        throw replaced(probe, handlers);
    }

    private static boolean isSame(UserProbe probe, String path) {
        try {
            return FileIdentity.of(Path.of(path)).equals(new FileIdentity(probe.device(), probe.inode()));
        } catch (IOException e) {
            return false;
        }
    }

    private Program read(String path, UserProbe probe, List<Handler> handlers) throws TraceException {
        var span = handlers.getFirst().span();
        return switch (host.program(path)) {
            case ProgramLookup.Read(var program)
            when program.device() != probe.device() || program.inode() != probe.inode() ->
                throw replaced(probe, handlers);
            case ProgramLookup.Read(var program)
            when !program.machine().equals(MACHINE) ->
                throw new TraceException(
                        probe.path() + " is a program for " + program.machine()
                                + "; places in such code cannot be probed yet",
                        span,
                        "",
                        null);
            case ProgramLookup.Read(var program) -> program;
            case ProgramLookup.Unreadable(var reason) ->
                throw new TraceException(probe.path() + " " + reason, span, "", null);
        };
    }

    /** @param returns whether a return is wanted */
    private record CheckedSite(CodeSite site, boolean returns) {}

    private static Map<Long, List<CheckedSite>> sites(List<Handler> handlers) {
        var sites = new HashMap<Long, List<CheckedSite>>();
        for (var handler : handlers) {
            if (handler.point() instanceof ProbePoint.Code code) {
                for (var site : code.sites()) {
                    sites.computeIfAbsent(site.offset(), _ -> new ArrayList<>())
                            .add(new CheckedSite(site, code.atReturn()));
                }
            }
        }
        return sites;
    }

    private @Nullable String refusal(Program program, List<CheckedSite> sites, Place place) {
        if (sites.isEmpty()) {
            return "nobody asked for it";
        }
        for (var one : sites) {
            var reason = refusal(program, one);
            if (reason != null) {
                return reason;
            }
        }
        return place.offset() < 0 || place.semaphore() < 0 ? "it is outside the file" : null;
    }

    /** Null when an instruction begins there, and for a return a function. */
    private @Nullable String refusal(Program program, CheckedSite checked) {
        var site = checked.site();
        boolean isBest = isAt(program.site(site.entry()), site);
        if (checked.returns()) {
            var problem = returnProblem(program, site.entry());
            if (problem != null) {
                return problem;
            }
            if (!isBest && !isAtReturnAddress(program, site)) {
                return "no function begins there";
            }
        }
        if (isBest) {
            return null;
        }
        return switch (program.site(site.address())) {
            // It may know a cheaper place behind this one.
            case Site.At at when at.offset() - site.offset() == at.address() - site.address() -> null;
            case Site.At _ -> "the file has changed";
            case Site.Refused(var reason) -> reason;
        };
    }

    /** Whether the stack pointer is there as at the first instruction, without which a return would go astray. */
    private static boolean isAtReturnAddress(Program program, CodeSite site) {
        return site.address() == site.entry()
                || program.isLikeEntry(site.entry(), site.address(), Site.Sight.RETURN_ADDRESS);
    }

    private static boolean isAt(Site found, CodeSite site) {
        return found instanceof Site.At at && at.address() == site.address() && at.offset() == site.offset();
    }

    /** Null when it can be probed where the function returns that begins there. */
    private @Nullable String returnProblem(Program program, long entry) {
        var problem =
                entries.computeIfAbsent(program, CodeAttachment::returnProblems).get(entry);
        return problem == null ? "no function begins there" : problem.isEmpty() ? null : problem;
    }

    /** By the addresses of all functions; empty for those that can be probed. */
    private static Map<Long, String> returnProblems(Program program) {
        var found = new HashMap<Long, String>();
        for (var function : program.functions("*")) {
            var problem = program.returnProblem(function.linkageName());
            for (var place : function.places()) {
                if (!place.inlined()) {
                    found.put(place.entry(), problem == null ? "" : problem);
                }
            }
        }
        for (var stub : program.linkage()) {
            var problem = program.returnProblem(stub.name());
            found.put(stub.address(), problem == null ? "" : problem);
        }
        return found;
    }

    private static TraceException replaced(UserProbe probe, List<Handler> handlers) {
        return new TraceException(
                probe.path() + " is no longer the file that the script was compiled for; start the script again",
                handlers.getFirst().span(),
                "",
                null);
    }

    private static TraceException refused(KernelException e, UserProbe probe, List<Handler> handlers) {
        if (e.errno() == Errno.ESRCH && probe.process() != 0) {
            return new TraceException(
                    "process " + probe.process() + " has ended",
                    handlers.getFirst().span(),
                    "",
                    e);
        }
        return LoadedPlan.refused(e);
    }
}
