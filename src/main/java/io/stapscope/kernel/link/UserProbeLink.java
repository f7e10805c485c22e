package io.stapscope.kernel.link;

import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec.Place;
import io.stapscope.bpf.ProgramSpec.AttachSpec.Side;
import io.stapscope.kernel.abi.BpfCommand;
import io.stapscope.kernel.abi.LinkCreateAttr;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.Bpf;
import io.stapscope.kernel.syscall.Descriptor;
import io.stapscope.kernel.syscall.Errno;
import io.stapscope.kernel.syscall.KernelException;
import io.stapscope.kernel.syscall.NativeBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A program at places in the code of programs. The kernel takes or refuses all places of a call; what it refuses is found by
 * halves, and the rest is attached.
 */
public final class UserProbeLink implements ProgramLink {
    /** Places of one link. */
    private static final int MOST = 1 << 16;

    /** Calls for finding what is refused; each costs milliseconds. */
    private static final int MOST_TRIALS = 1000;

    /** Refusals that are not about a place. */
    private static final Set<Integer> OF_ALL = Set.of(
            Errno.EPERM, Errno.EACCES, Errno.ENOENT, Errno.ESRCH, Errno.EBADF, Errno.E2BIG, Errno.ENOSYS, Errno.EINTR);

    private final BpfProgram program;
    private final List<Descriptor> links = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final String path;
    private final AttachSpec.UserProbe probe;
    private int trials;

    /** A place where the kernel does not put a probe. */
    public record Refused(Place place, int errno) {}

    private UserProbeLink(BpfProgram program, String path, AttachSpec.UserProbe probe) {
        this.program = program;
        this.path = path;
        this.probe = probe;
    }

    static UserProbeLink attach(BpfProgram program, String path, AttachSpec.UserProbe probe) {
        var link = new UserProbeLink(program, path, probe);
        try {
            for (int from = 0; from < probe.places().size(); from += MOST) {
                link.attach(probe.places().subList(from, Math.min(probe.places().size(), from + MOST)));
            }
            return link;
        } catch (KernelException e) {
            link.close();
            throw e;
        }
    }

    private void attach(List<Place> places) {
        int before = links.size();
        int known = refused.size();
        attachWhatGoes(places);
        if (refused.size() > known && links.size() - before > 1) {
            merge(places, before);
        }
    }

    /** One link in place of those that the search has left: closing each takes the kernel some time. */
    private void merge(List<Place> places, int before) {
        var bad = refused.stream().map(Refused::place).toList();
        var good = places.stream().filter(place -> !bad.contains(place)).toList();
        long result = create(good);
        if (result >= 0) {
            var parts = links.subList(before, links.size());
            parts.forEach(Descriptor::close);
            parts.clear();
            links.add(adopt(result));
        }
    }

    private void attachWhatGoes(List<Place> places) {
        if (++trials > MOST_TRIALS) {
            places.forEach(place -> refused.add(new Refused(place, Errno.EINVAL)));
            return;
        }
        long result = create(places);
        if (result >= 0) {
            links.add(adopt(result));
            return;
        }
        int errno = (int) -result;
        if (OF_ALL.contains(errno)) {
            throw new KernelException(Bpf.operation(BpfCommand.LINK_CREATE), errno, "probes in " + probe.path());
        }
        if (places.size() == 1) {
            refused.add(new Refused(places.getFirst(), errno));
            return;
        }
        int middle = places.size() / 2;
        attachWhatGoes(places.subList(0, middle));
        attachWhatGoes(places.subList(middle, places.size()));
    }

    private static Descriptor adopt(long number) {
        return Descriptor.adopt((int) number, "link of user probes");
    }

    /** The descriptor, or the errno negated. */
    private long create(List<Place> places) {
        var file = NativeBuffer.ofString(path);
        var offsets = NativeBuffer.allocate(places.size() * Long.BYTES);
        var semaphores = NativeBuffer.allocate(places.size() * Long.BYTES);
        var cookies = NativeBuffer.allocate(places.size() * Long.BYTES);
        boolean counted = false;
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            offsets.bytes().putLong(i * Long.BYTES, place.offset());
            semaphores.bytes().putLong(i * Long.BYTES, place.semaphore());
            cookies.bytes().putLong(i * Long.BYTES, place.cookie());
            counted |= place.semaphore() != 0;
        }
        var attr = NativeBuffer.allocate(LinkCreateAttr.SIZE);
        LinkCreateAttr.encode(attr.bytes(), program.descriptor().number(), BpfProgram.kind(probe.side()));
        LinkCreateAttr.encodeUprobes(attr.bytes(), file.address(), offsets.address(), places.size());
        LinkCreateAttr.encodeUprobes(
                attr.bytes(),
                counted ? semaphores.address() : 0,
                cookies.address(),
                probe.side() == Side.RETURN ? LinkCreateAttr.RETURN : 0,
                probe.process());
        long result = Bpf.call(BpfCommand.LINK_CREATE, attr, LinkCreateAttr.SIZE);
        file.keepAlive();
        offsets.keepAlive();
        semaphores.keepAlive();
        cookies.keepAlive();
        return result;
    }

    /** Places that the kernel has refused. */
    List<Refused> refused() {
        return List.copyOf(refused);
    }

    @Override
    public BpfProgram program() {
        return program;
    }

    @Override
    public void close() {
        links.forEach(Descriptor::close);
    }
}
