import { get, send, type Coverage, type HeatmapAnswer, type TimeRange } from "../protocol/http";
import type { Capture, Facet, Key } from "../protocol/model";
import { NAMED, type Shift, type Side } from "./compare";

export interface ComparedSide {
    readonly coverage: Coverage;
    readonly n: number;
    readonly sum: number;
    readonly min: number;
    readonly max: number;
    readonly buckets: readonly (readonly [number, number])[];
}

export interface ComparisonAnswer {
    readonly a: ComparedSide;
    readonly b: ComparedSide;
    readonly shifts: readonly Shift[];
    readonly distance: {
        readonly least: number;
        readonly most: number;
        readonly at: number;
        readonly chance: number;
    } | null;
    readonly keys: readonly {
        readonly keys: readonly Key[];
        readonly a: number;
        readonly b: number;
        readonly shifts: readonly Shift[];
    }[];
}

export interface Note {
    readonly id: number;
    readonly from: number;
    readonly to: number;
    readonly text: string;
}

export interface AlertEntry {
    readonly id: number;
    readonly rule: string;
    readonly measure: string;
    readonly aggregate: string;
    readonly quantile: number | null;
    readonly threshold: number;
    readonly beganAt: number;
    readonly endedAt: number | null;
    readonly worst: number;
}

/** What captures are searched by; an empty text asks for nothing. */
export interface CaptureFilter {
    readonly query: string;
    readonly tag: string;
    readonly host: string;
    readonly key: string;
    readonly from: number | null;
    readonly to: number | null;
}

const given = (text: string) => (text.trim() === "" ? undefined : text.trim());

export const historyApi = {
    search: (filter: CaptureFilter, limit: number, offset: number) =>
        get<{ captures: Capture[]; total: number }>("/captures", {
            query: given(filter.query),
            tag: given(filter.tag),
            host: given(filter.host),
            key: given(filter.key),
            from: filter.from ?? undefined,
            to: filter.to ?? undefined,
            limit,
            offset,
        }),
    notes: (id: string) => get<{ annotations: Note[] }>(`/captures/${id}/annotations`),
    note: (id: string, span: TimeRange, text: string) =>
        send<Note>("POST", `/captures/${id}/annotations`, { from: span.from, to: span.to, text }),
    removeNote: (id: string, note: number) => send<undefined>("DELETE", `/captures/${id}/annotations/${note}`),
    alerts: (id: string) => get<{ alerts: AlertEntry[] }>("/alerts", { capture: id }),
    heatmap: (side: Side, columns: number) =>
        get<HeatmapAnswer>(`/captures/${side.id}/heatmap`, {
            agg: side.agg,
            facet: "total",
            from: side.from ?? undefined,
            to: side.to ?? undefined,
            columns,
        }),
    compare: (a: Side, b: Side, quantiles: readonly number[], facet: Facet | null) =>
        get<ComparisonAnswer>("/compare", {
            a: a.id,
            aAgg: a.agg,
            aFrom: a.from ?? undefined,
            aTo: a.to ?? undefined,
            b: b.id,
            bAgg: b.agg,
            bFrom: b.from ?? undefined,
            bTo: b.to ?? undefined,
            q: [...quantiles, ...NAMED].join(","),
            facet: facet ?? undefined,
        }),
};
