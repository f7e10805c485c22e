import type { CaptureFilter } from "./historyApi";

export const NO_FILTER: CaptureFilter = { query: "", tag: "", host: "", key: "", from: null, to: null };

/** The filter that an address names, so that a search can be kept and sent. */
export function readFilter(search: string): CaptureFilter {
    const query = new URLSearchParams(search);
    const moment = (name: string) => {
        const text = query.get(name) ?? "";
        return /^\d+$/.test(text) ? Number(text) : null;
    };
    return {
        query: query.get("query") ?? "",
        tag: query.get("tag") ?? "",
        host: query.get("host") ?? "",
        key: query.get("key") ?? "",
        from: moment("from"),
        to: moment("to"),
    };
}

export function filterPath(filter: CaptureFilter): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter) as [string, string | number | null][]) {
        if (value !== null && value !== "") {
            query.set(name, String(value));
        }
    }
    const text = query.toString();
    return text ? `/captures?${text}` : "/captures";
}

/** Whether more than words is asked for. */
export function isNarrowed(filter: CaptureFilter): boolean {
    return filter.tag !== "" || filter.host !== "" || filter.key !== "" || filter.from !== null || filter.to !== null;
}
