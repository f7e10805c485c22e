package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tracepoints with their typed parameters, what they point to, and the library on top of them. */
@Tag("kernel")
@Timeout(120)
class KernelMemoryKernelTest {
    private static final String EXEC = "probe kernel.trace(\"sched_process_exec\") { if (pid() != target()) next\n";

    private static Traced ended(String script, String command) {
        var traced = Traced.start(script, Traced.command(command));
        traced.end();
        return traced;
    }

    @Test
    void membersOfParametersAreThoseOfTheThread() {
        try (var traced = ended(
                EXEC + "printf(\"%d %d %s %d %s\\n\", $p->tgid == pid(), $p->pid == tid(), kernel_string($p->comm),"
                        + " $old_pid == $p->pid, $$name) }",
                "/bin/true")) {
            assertThat(traced.lines()).containsExactly("1 1 true 1 sched_process_exec");
        }
    }

    @Test
    void typesFollowVariablesFunctionsAndCasts() {
        try (var traced = ended(
                "function up(t) { return t->real_parent }\n" + EXEC
                        + "t = task_current(); p = up(t); q = @cast(t, \"struct task_struct\", \"kernel\")\n"
                        + "printf(\"%d %d %d\\n\", p->tgid == ppid(), q->tgid == pid(), &q->comm[2] - &q->comm) }",
                "/bin/true")) {
            assertThat(traced.lines()).containsExactly("1 1 2");
        }
    }

    @Test
    void aHandlerThatRunsLaterReadsWhatWasThereAtTheHit() {
        try (var traced = ended(
                "global seen\n" + EXEC
                        + "t = task_current(); p = task_parent(t); seen[execname()] = 1\n"
                        + "name = p ? task_execname(p) : \"none\"\n"
                        + "foreach (k in seen) printf(\"%s %s %d\\n\", k, sprintf(\"%s\", name), task_pid(p) == ppid()) }",
                "sh -c 'exec /bin/true'")) {
            assertThat(traced.lines()).last().asString().matches("true .+ 1");
        }
    }

    @Test
    void whatACheckGuardsIsNotRead() {
        try (var traced = ended(
                "global seen\n" + EXEC
                        + "none = @cast(0, \"task_struct\"); seen[1] = 1\n"
                        + "foreach (k in seen) { if (none) println(none->pid); else println(none ? none->tgid : -1) } }",
                "/bin/true")) {
            assertThat(traced.lines()).containsExactly("-1");
            assertThat(traced.errors()).isEmpty();
        }
    }

    @Test
    void aBadPointerIsASoftErrorWithItsAddress() {
        try (var traced = Traced.start(
                EXEC + "println(@cast(16, \"task_struct\")->real_parent) }", Traced.command("/bin/true"))) {
            traced.end();
            assertThat(traced.errors())
                    .contains("read fault [man error::fault] at 0x")
                    .contains("near identifier '@cast'");
        }
    }

    @Test
    void structsArePrintedWithTheirMembers() {
        try (var traced =
                ended(EXEC + "printf(\"%s\\n%s\\n%s\\n\", $p->se->load$, $p->comm$, $p->usage$$) }", "/bin/true")) {
            assertThat(traced.lines()).hasSize(3);
            assertThat(traced.lines().get(0)).matches("\\{\\.weight=\\d+, \\.inv_weight=\\d+}");
            assertThat(traced.lines().get(1)).isEqualTo("\"true\"");
            assertThat(traced.lines().get(2)).matches("\\{\\.refs=\\{\\.counter=\\d+}}");
        }
    }

    @Test
    void aPatternStandsForAllTracepointsThatMatch() {
        try (var traced = ended(
                "probe kernel.trace(\"sched:sched_process_ex*\") { if (pid() == target()) printf(\"%s %d %s\\n\","
                        + " $$name, @defined($old_pid), $$system) }",
                "/bin/true")) {
            assertThat(traced.lines()).containsExactly("sched_process_exec 1 sched", "sched_process_exit 0 sched");
        }
    }

    @Test
    void constantsAndNamesComeFromTheKernel() {
        try (var traced = ended(
                "probe begin { println(@enum(\"TCP_LISTEN\"), \" \", @const(\"ENOENT\"), \" \", @defined(@const(\"NOPE\")),"
                        + " \" \", @enumname(2, \"pid_type\"), \" \", signal_str(15)); exit() }",
                "/bin/true")) {
            assertThat(traced.lines()).containsExactly("10 2 0 PIDTYPE_PGID SIGTERM");
        }
    }

    @Test
    void signalsForksAndExitsAreCountedExactly() {
        var script = """
                global sent, made
                probe signal.send { if (pid() == target() && sig_pid == target()) sent[sig_name, shared]++ }
                probe kprocess.create { if (pid() == target()) made++ }
                probe kprocess.exit { if (pid() == target()) printf("exit %d\\n", code >> 8) }
                probe end {
                    foreach ([name, shared] in sent) printf("%s %d %d\\n", name, shared, sent[name, shared])
                    printf("made %d\\n", made)
                }
                """;
        var command = "trap : URG; for i in 1 2 3 4 5 6 7; do kill -URG $$; done; /bin/true; /bin/true; exit 3";
        try (var traced = ended(script, command)) {
            assertThat(traced.lines()).containsExactlyInAnyOrder("exit 3", "SIGURG 1 7", "made 2");
        }
    }

    @Test
    void taskFunctionsTellOfTheThread() {
        var script = EXEC + """
                t = task_current()
                printf("%s %d %d %d %d %d %d %d %d %d\\n", task_execname(t), task_pid(t) == pid(), task_tid(t) == tid(),
                    task_prio(t), task_nice(t), task_uid(t) == uid(), task_egid(t) == gid(), task_cpu(t) == cpu(),
                    ns_pid() == pid(), pexecname() == task_execname(task_parent(t)))
                printf("%s|%s|%s\\n", fullpath_struct_file(t, current_exe_file()), cmdline_str(), env_var("STAPSCOPE_WORD"))
                }
                """;
        try (var traced = ended(script, "env STAPSCOPE_WORD=here nice -n 5 /bin/true one two")) {
            var lines = traced.lines();
            assertThat(lines.get(lines.size() - 2)).isEqualTo("true 1 1 25 5 1 1 1 1 1");
            assertThat(lines.getLast()).isEqualTo(realPath("/bin/true") + "|/bin/true one two|here");
        }
    }

    @Test
    void namespacesWarningsAndWorkQueues() {
        var script = EXEC + """
                printf("%d %d %d\\n", ns_uid() == uid(), ns_egid() == egid(), task_rlimit_nofile(task_current()) > 0)
                printf("%d\\n", user_int_warn(1))
                }
                """;
        try (var traced = ended(script, "/bin/true")) {
            assertThat(traced.lines()).containsExactly("1 1 1", "0");
            assertThat(traced.errors()).isEqualTo("WARNING: user data copy fault at 0x1\n");
        }
    }

    private static String realPath(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void statesAndPortsOfSocketsAreThoseOfTheConnection() throws IOException {
        var script = """
                probe kernel.trace("inet_sock_set_state") {
                    if (pid() == target() && $newstate == @enum("TCP_SYN_SENT"))
                        printf("%s %s:%d %d\\n", tcp_sockstate_str($newstate), ip_ntop(tcpmib_remote_addr($sk)),
                            tcpmib_remote_port($sk), __ip_sock_family($sk))
                }
                """;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var traced = ended(script, "exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "'")) {
            assertThat(traced.lines()).containsExactly("SYN_SENT 127.0.0.1:" + server.getLocalPort() + " 2");
        }
    }

    @Test
    void aContextSwitchShowsBothThreads() {
        var script = """
                probe scheduler.ctxswitch {
                    if (prev_pid == target() && prev_task_name == "sleep" && (prevtsk_state & 1) && !told++)
                        printf("%s %d %d\\n", name, prev_priority, prev_tid == task_tid(prev_task))
                }
                global told
                """;
        try (var traced = ended(script, "sleep 0.2")) {
            assertThat(traced.lines()).containsExactly("ctxswitch 120 1");
        }
    }
}
