package io.stapscope.postgres;

import java.nio.file.Path;

/** A process of its own that starts the server of args[0], says so on standard output and waits to be killed. */
final class Starter {
    private Starter() {}

    public static void main(String[] args) throws Exception {
        var running = EmbeddedPostgres.start(Path.of(args[0]), progress -> {});
        System.out.println("pid " + running.postmasterPid());
        if (System.in.read() >= 0) {
            running.close();
        }
    }
}
