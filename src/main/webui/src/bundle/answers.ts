import { ApiError, type Answerer } from "../protocol/http";
import type { Facet } from "../protocol/model";
import type { Bundle } from "./bundle";
import { callTree } from "./callTree";
import { accountOf, captureOf, consoleOf, notesOf, seriesOf } from "./storedCapture";
import { StoredSeries, type RangeQuestion } from "./storedSeries";

/** Answers what a page asks about a capture as the service would that took the bundle in. */
export function answersOf(bundle: Bundle): Answerer {
    const series = new StoredSeries(bundle);
    const capture = captureOf(bundle, series.endSecond);
    const lines = consoleOf(bundle);
    const routes: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
        "": () => capture,
        "/account": () => accountOf(bundle),
        "/annotations": () => ({ annotations: notesOf(bundle) }),
        "/heatmap": (query) => series.heatmap(questionOf(query)),
        "/quantiles": (query) =>
            series.quantiles(questionOf(query), (query.get("q") ?? "0.5,0.9,0.99").split(",").map(Number)),
        "/series": (query) => {
            const all = seriesOf(bundle, number(query, "agg") ?? 0, (query.get("facet") ?? "total") as Facet);
            return { series: all.slice(0, number(query, "limit") ?? 100), total: all.length };
        },
        "/flame": (query) => {
            const value = query.get("value") === "sum" ? "sum" : "count";
            const of = (facet: Facet) =>
                seriesOf(bundle, number(query, "agg") ?? 0, facet).map((one) => ({
                    keys: one.keys,
                    value: one[value] ?? 0,
                }));
            return callTree(
                of("full"),
                of("total").reduce((sum, one) => sum + one.value, 0),
            );
        },
        "/console": (query) => {
            const after = number(query, "after") ?? 0;
            const found = lines.filter((line) => line.seq > after).slice(0, number(query, "limit") ?? 1000);
            return { lines: found, next: found.at(-1)?.seq ?? after };
        },
    };
    return async (method, path) => {
        const { pathname, searchParams } = new URL(path, "http://bundle");
        if (method === "GET" && pathname === "/alerts") {
            return { alerts: [] };
        }
        const prefix = `/captures/${bundle.manifest.id}`;
        const route = pathname.startsWith(prefix) ? routes[pathname.slice(prefix.length)] : undefined;
        if (method !== "GET" || !route) {
            throw new ApiError(404, "not_found", "a page without a service only shows its capture");
        }
        return route(searchParams);
    };
}

function questionOf(query: URLSearchParams): RangeQuestion {
    const series = query.get("facet") === "total" ? 0 : (number(query, "series") ?? 0);
    return {
        agg: number(query, "agg") ?? 0,
        series,
        from: number(query, "from"),
        to: number(query, "to"),
        columns: number(query, "columns") ?? 600,
    };
}

function number(query: URLSearchParams, name: string): number | null {
    const text = query.get(name);
    return text === null ? null : Number(text);
}
