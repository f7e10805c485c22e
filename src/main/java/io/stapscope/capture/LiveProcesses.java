package io.stapscope.capture;

import io.stapscope.kernel.inspect.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes as /proc shows them now. */
final class LiveProcesses implements Processes {
    @Override
    public List<ProcessInfo> list() {
        return ProcessTable.read().processes().stream()
                .map(process -> new ProcessInfo(
                        process.pid(),
                        ByteText.decode(process.name()),
                        ProcessTable.executablePath(process.pid()),
                        ByteText.decode(ProcessTable.commandLine(process.pid()))))
                .toList();
    }

    @Override
    public @Nullable String name(int pid) {
        try {
            var comm = Files.readAllBytes(Path.of("/proc", Integer.toString(pid), "comm"));
            var name = new String(comm, StandardCharsets.ISO_8859_1);
            // The kernel ends the name with a line end; another one inside belongs to the name.
            return name.endsWith("\n") ? name.substring(0, name.length() - 1) : name;
        } catch (IOException gone) {
            return null;
        }
    }
}
