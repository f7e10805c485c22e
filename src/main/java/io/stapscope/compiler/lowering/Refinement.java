package io.stapscope.compiler.lowering;

import io.stapscope.compiler.Switches;
import io.stapscope.compiler.Switches.Privilege;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.host.Host;

/** The passes from the first plan of a script to the one that runs, in their order. */
public final class Refinement {
    private Refinement() {}

    public static Plan run(Plan plan, Host host, Switches switches, Diagnostics diagnostics) {
        if (switches.privilege() == Privilege.STAPUSR) {
            KernelMemoryCheck.run(plan, diagnostics);
        }
        if (switches.optimizing()) {
            plan = Elision.run(plan);
            plan = UnusedLocals.run(plan);
            plan = UnreadCalls.run(plan);
        }
        if (switches.privilege() == Privilege.STAPUSR) {
            plan = OwnProcesses.run(plan, switches.user());
        }
        plan = Widths.run(plan);
        // Needs widths: only what cannot be cut is printed part by part.
        plan = FormatFlattening.run(plan);
        plan = GlobalUse.run(plan, switches.displaysGlobals());
        // It copies functions for handlers that run after the hit.
        return CheapSites.run(ThreadArrays.run(Placement.run(plan, host, diagnostics)), host);
    }
}
