import type { Facet } from "../protocol/model";
import type { MessageKey } from "../ui/i18n/en";

export const FACET_NAMES: Record<Facet, MessageKey> = {
    total: "facet.total",
    pid: "facet.pid",
    tid: "facet.tid",
    syscall: "facet.syscall",
    cpu: "facet.cpu",
    uid: "facet.uid",
    execname: "facet.execname",
    stack: "facet.stack",
    ustack: "facet.ustack",
    plain: "facet.full",
    full: "facet.full",
};
