import type { TimeRange } from "../protocol/http";

/** The range that an address asks for; null for all, and for one that makes no sense. */
export function rangeIn(search: string): TimeRange | null {
    const query = new URLSearchParams(search);
    const [from, to] = [query.get("from"), query.get("to")];
    const range = { from: Number(from ?? Number.NaN), to: Number(to ?? Number.NaN) };
    return Number.isSafeInteger(range.from) && Number.isSafeInteger(range.to) && range.from < range.to ? range : null;
}

/** What an address says of a range. */
export function rangeText(range: TimeRange | null): string {
    return range ? `?from=${Math.floor(range.from)}&to=${Math.ceil(range.to)}` : "";
}
