package io.stapscope.kernel;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Known work for probes to see, and a look at what we hold open. */
public final class Workload {
    private static final Function GETPPID = NativeLibrary.getProcess().getFunction("getppid");
    private static final Object[] NOTHING = {};

    private Workload() {}

    public static void getppid(int times) {
        for (int i = 0; i < times; i++) {
            int ignored = GETPPID.invokeInt(NOTHING);
        }
    }

    /** Descriptors of this process that are maps, programs, links, types or event polls. */
    public static long openKernelObjects() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(Workload::isKernelObject).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isKernelObject(Path descriptor) {
        try {
            var target = Files.readSymbolicLink(descriptor).toString();
            return target.contains("bpf") || target.equals("anon_inode:btf");
        } catch (IOException gone) {
            return false;
        }
    }
}
