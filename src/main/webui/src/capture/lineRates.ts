import { rateOf } from "../chart/rateLine";
import { formatCount, formatValue } from "../chart/units";
import type { LineRate } from "../editor/rateGutter";
import type { LiveState } from "../protocol/liveState";
import type { Aggregate } from "../protocol/model";
import { columnsOf } from "./columns";
import { costsByLine, type Cost } from "./probeCost";

const POINTS = 30;

/** What is said of a line, in the words of the page's language. */
export interface LineWords {
    /** Of a line that feeds a global, which has a chart. */
    readonly values: (name: string, rate: string) => string;
    readonly probe: (line: number, cost: CostTexts, chart: boolean) => string;
}

/** Figures of a probe as they are shown: unknown ones are a dash. */
export interface CostTexts {
    readonly rate: string;
    readonly perHit: string;
    readonly share: string;
}

const UNKNOWN = "–";

export function costTexts(cost: Pick<Cost, "rate" | "nanosPerHit" | "estimated" | "share">): CostTexts {
    const about = cost.estimated ? "~" : "";
    return {
        rate: cost.rate === null ? UNKNOWN : `${formatCount(cost.rate)}/s`,
        perHit: cost.nanosPerHit === null ? UNKNOWN : about + formatValue(cost.nanosPerHit, "ns"),
        share: cost.share === null ? UNKNOWN : `${about}${percent(cost.share)} %`,
    };
}

function percent(share: number): string {
    const value = share * 100;
    return value > 0 && value < 0.01 ? "<0.01" : String(Number(value.toPrecision(2)));
}

/** Where the script feeds a global first; where it is declared when no place is found. */
export function feedingLine(script: string, name: string, declared: number): number {
    const feeds = new RegExp(`(?:^|[^\\w$])${name}\\s*(?:\\[[^\\n]*\\])?\\s*(?:<<<|\\+\\+|\\+=)|\\+\\+\\s*${name}\\b`);
    const line = script.split("\n").findIndex((one) => feeds.test(one.replace(/(?:\/\/|#).*/, "")));
    return line < 0 ? declared : line + 1;
}

/** Hits and cost of each probe and how fast values come into each aggregate of a run, beside their lines. */
export function lineRates(view: LiveState, script: string, words: LineWords): LineRate[] {
    const feeds = view.run.aggregates.map((aggregate) => ({
        ...aggregate,
        line: feedingLine(script, aggregate.name, aggregate.line),
    }));
    return [...probeRates(view, feeds, words), ...valueRates(view, feeds, words)];
}

function probeRates(view: LiveState, feeds: readonly Aggregate[], words: LineWords): LineRate[] {
    const costs = costsByLine(view.run.probes, view.losses, view.probeRates);
    const lines = costs.map(({ line }) => line).sort((a, b) => a - b);
    return costs.map((cost) => {
        const texts = costTexts(cost);
        const next = lines.find((line) => line > cost.line) ?? Infinity;
        const agg = feeds.find(({ line }) => line >= cost.line && line < next)?.agg ?? null;
        return {
            line: cost.line,
            agg,
            text: texts.rate,
            cost: [texts.perHit, texts.share],
            label: words.probe(cost.line, texts, agg !== null),
            points: cost.points,
        };
    });
}

function valueRates(view: LiveState, feeds: readonly Aggregate[], words: LineWords): LineRate[] {
    return feeds.flatMap(({ agg, name, line }) => {
        const data = view.aggregates.get(agg);
        const columns = data ? columnsOf(data, 0, view.run.startedAt).slice(-POINTS) : [];
        const last = columns.at(-1);
        if (!last) {
            return [];
        }
        const text = `${formatCount(rateOf(last))}/s`;
        return [{ line, agg, text, cost: [], label: words.values(name, text), points: columns.map(rateOf) }];
    });
}
