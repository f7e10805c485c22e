import { endOf, type Timeline } from "./column";

const SECOND = 1000;
const STRIDES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400].map((s) => s * SECOND);
const DAY = 86400 * SECOND;
const LABEL_WIDTH = 84;

/** Clock times along the bottom, at round moments, as many as fit. */
export function timeTicks(timeline: Timeline, width: number, locale: string): { x: number; label: string }[] {
    const span = endOf(timeline) - timeline.from;
    const stride = STRIDES.find((one) => (one / span) * width >= LABEL_WIDTH) ?? Math.ceil(span / DAY / 6) * DAY;
    const ticks: { x: number; label: string }[] = [];
    for (let t = Math.ceil(timeline.from / stride) * stride; t <= endOf(timeline); t += stride) {
        ticks.push({ x: ((t - timeline.from) / span) * width, label: clock(t, locale, stride >= 60 * SECOND) });
    }
    return ticks;
}

/** Making a format takes longer than a whole chart. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Time of day; without seconds when they are always 00. */
export function clock(t: number, locale: string, short = false): string {
    const key = short ? `${locale} short` : locale;
    let format = FORMATS.get(key);
    if (!format) {
        format = new Intl.DateTimeFormat(locale, {
            hour: "2-digit",
            minute: "2-digit",
            ...(short ? {} : { second: "2-digit" }),
            hour12: false,
        });
        FORMATS.set(key, format);
    }
    return format.format(t);
}

/** A span as people say it: 0.4 s, 41 s, 3 min 5 s, 2 h 10 min. */
export function duration(millis: number): string {
    if (millis > 0 && millis < SECOND) {
        return `${Math.ceil(millis / 100) / 10} s`;
    }
    const seconds = Math.round(millis / SECOND);
    if (seconds < 60) {
        return `${seconds} s`;
    }
    if (seconds < 3600) {
        return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    }
    return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
