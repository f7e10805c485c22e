package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.TextTable;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Names of the numbers that the kernel uses; the kernel itself looks them up, so they can be keys of arrays. */
final class NameFunctions {
    private static final String SIGNALS =
            "0 SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE"
                    + " SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU"
                    + " SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS";
    private static final int FIRST_REAL_TIME = 32;
    private static final int LAST_REAL_TIME = 64;
    private static final String FAMILIES =
            "UNSPEC LOCAL INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECNET NETBEUI SECURITY KEY"
                    + " NETLINK PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH"
                    + " IUCV RXRPC ISDN PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP";
    private static final String SOCKET_STATES = "FREE UNCONNECTED CONNECTING CONNECTED DISCONNECTING";
    private static final String SOFT_INTERRUPTS = "HI TIMER NET_TX NET_RX BLOCK IRQ_POLL TASKLET SCHED HRTIMER RCU";

    private NameFunctions() {}

    static List<Builtin> all() {
        return List.of(
                table("signal_str", signals(), "", "Name of a signal: SIGTERM."),
                table("sock_fam_num2str", words(FAMILIES), "", "Name of an address family: INET."),
                table("sock_state_num2str", words(SOCKET_STATES), "", "Name of the state of a struct socket."),
                table("softirq_str", words(SOFT_INTERRUPTS), "", "Name of a soft interrupt: NET_RX."));
    }

    private static List<String> signals() {
        var names = new ArrayList<>(words(SIGNALS));
        names.addAll(List.of("SIGRTMIN"));
        for (int number = FIRST_REAL_TIME + 1; number < LAST_REAL_TIME; number++) {
            names.add("SIGRTMIN+" + (number - FIRST_REAL_TIME));
        }
        names.add("SIGRTMAX");
        return names;
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static Builtin table(String name, List<String> texts, String prefix, String documentation) {
        var table = new TextTable(name, texts, prefix);
        return Builtin.Value.of(
                name,
                List.of(Type.LONG),
                Type.STRING,
                documentation,
                (span, arguments) -> new Expression.TableText(span, table, arguments.getFirst()));
    }
}
