import type { CheckAnswer, EstimateAnswer } from "../protocol/http";

/** Points of one text: a wildcard or an alias makes many probes, several probes may be at one point. */
export interface Attachment {
    readonly text: string;
    /** Of its first probe in the script, from 1; 0 while it was not counted. */
    readonly line: number;
    readonly points: number;
    readonly places: number;
    readonly slowPlaces: number;
    /** Null for what was not counted: before, or because it runs in user space. */
    readonly perSecond: number | null;
}

/** The points of a check with what was counted there, the most frequent first. */
export function counted(probes: CheckAnswer["probes"], estimate: EstimateAnswer | null): Attachment[] {
    const points: readonly EstimateAnswer["points"][number][] =
        estimate?.points ??
        probes.map(({ text }) => ({ text, line: 0, places: 0, slowPlaces: 0, counted: false, hits: 0, perSecond: 0 }));
    const found = new Map<string, Attachment>();
    for (const { text, line, places, slowPlaces, counted: known, perSecond } of points) {
        const before = found.get(text);
        const rate = known ? perSecond + (before?.perSecond ?? 0) : (before?.perSecond ?? null);
        found.set(text, {
            text,
            line: before?.line ?? line,
            points: (before?.points ?? 0) + 1,
            places: (before?.places ?? 0) + places,
            slowPlaces: (before?.slowPlaces ?? 0) + slowPlaces,
            perSecond: rate,
        });
    }
    return [...found.values()].sort((a, b) => (b.perSecond ?? -1) - (a.perSecond ?? -1));
}
