import { rateOf } from "../chart/rateLine";
import { formatCount } from "../chart/units";
import type { LineRate } from "../editor/rateGutter";
import type { LiveState } from "../protocol/liveState";
import { columnsOf } from "./columns";

const POINTS = 30;

/** Where the script feeds a global first; where it is declared when no place is found. */
export function feedingLine(script: string, name: string, declared: number): number {
    const feeds = new RegExp(`(?:^|[^\\w$])${name}\\s*(?:\\[[^\\n]*\\])?\\s*(?:<<<|\\+\\+|\\+=)|\\+\\+\\s*${name}\\b`);
    const line = script.split("\n").findIndex((one) => feeds.test(one.replace(/(?:\/\/|#).*/, "")));
    return line < 0 ? declared : line + 1;
}

/** How fast values come into each aggregate of a run, beside the lines that feed them. */
export function lineRates(view: LiveState, script: string, say: (name: string, rate: string) => string): LineRate[] {
    return view.run.aggregates.flatMap(({ agg, name, line }) => {
        const data = view.aggregates.get(agg);
        const columns = data ? columnsOf(data, 0, view.run.startedAt).slice(-POINTS) : [];
        const last = columns.at(-1);
        if (!last) {
            return [];
        }
        const text = `${formatCount(rateOf(last))}/s`;
        return [
            { line: feedingLine(script, name, line), agg, text, label: say(name, text), points: columns.map(rateOf) },
        ];
    });
}
