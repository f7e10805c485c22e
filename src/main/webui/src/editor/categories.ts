import { t } from "../ui/i18n/i18n.svelte";
import type { MessageKey } from "../ui/i18n/en";

const TITLES: Readonly<Record<string, MessageKey>> = {
    "System calls": "tools.calls",
    Files: "tools.files",
    Processes: "tools.processes",
    Scheduler: "tools.scheduler",
    Memory: "tools.memory",
    Network: "tools.network",
    Kernel: "tools.kernel",
};

/** The heading of a category of tools in the language of the page; names of products stay as they are. */
export function categoryTitle(category: string): string {
    const key = TITLES[category];
    return key ? t(key) : category;
}
