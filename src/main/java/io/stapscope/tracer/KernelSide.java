package io.stapscope.tracer;

import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.Plan;

/** Whether a plan has anything to do in the kernel. */
final class KernelSide {
    private KernelSide() {}

    static boolean isNeeded(Plan plan) {
        return plan.handlers().stream().anyMatch(handler -> handler.place() != Handler.Place.USER);
    }
}
