import { RangeSet, StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, gutter, GutterMarker } from "@codemirror/view";

/** How fast a probe of a line is hit, or values come that the line feeds into a global. */
export interface LineRate {
    /** From 1. */
    readonly line: number;
    /** Number of the aggregate whose chart a click shows, if there is one. */
    readonly agg: number | null;
    readonly text: string;
    /** Time of a hit and share of a CPU, for a probe. */
    readonly cost: readonly string[];
    readonly label: string;
    /** Rates of the last columns, oldest first. */
    readonly points: readonly number[];
}

const WIDTH = 44;
const HEIGHT = 13;

class RateMarker extends GutterMarker {
    constructor(
        private readonly rate: LineRate,
        private readonly show: (agg: number) => void,
    ) {
        super();
    }

    override eq(other: RateMarker): boolean {
        return (
            this.rate.label === other.rate.label &&
            this.rate.agg === other.rate.agg &&
            path(this.rate.points) === path(other.rate.points)
        );
    }

    override toDOM(): HTMLElement {
        const button = document.createElement("button");
        button.className = "cm-rate";
        button.title = this.rate.label;
        button.setAttribute("aria-label", this.rate.label);
        // Gutters are hidden from screen readers and drawn anew each second: the way to the chart by keys is the page itself.
        button.tabIndex = -1;
        button.addEventListener("mousedown", (event) => event.preventDefault());
        const { agg } = this.rate;
        button.disabled = agg === null;
        if (agg !== null) {
            button.addEventListener("click", () => this.show(agg));
        }
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
        svg.setAttribute("aria-hidden", "true");
        const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
        line.setAttribute("d", path(this.rate.points));
        svg.append(line);
        const rate = document.createElement("b");
        rate.textContent = this.rate.text;
        const costs = this.rate.cost.map((text) => {
            const part = document.createElement("span");
            part.textContent = text;
            return part;
        });
        button.append(svg, rate, ...costs);
        return button;
    }
}

/** Up and down between the least and the greatest possible: a sparkline that begins at nothing. */
export function path(points: readonly number[]): string {
    const most = Math.max(1, ...points);
    const step = WIDTH / Math.max(1, points.length - 1);
    return points
        .map(
            (rate, i) =>
                `${i === 0 ? "M" : "L"}${(i * step).toFixed(1)} ${(HEIGHT - (rate / most) * (HEIGHT - 1)).toFixed(1)}`,
        )
        .join("");
}

const changed = StateEffect.define<RangeSet<RateMarker>>();

const shown = StateField.define<RangeSet<RateMarker>>({
    create: () => RangeSet.empty,
    update: (rates, transaction) =>
        transaction.effects.find((effect) => effect.is(changed))?.value ?? rates.map(transaction.changes),
});

export const rateGutter: Extension = [
    shown,
    gutter({ class: "cm-rates", markers: (view) => view.state.field(shown) }),
    EditorView.baseTheme({
        ".cm-rate": {
            display: "flex",
            alignItems: "center",
            gap: "5px",
            height: "100%",
            padding: "0 6px",
            border: "0",
            background: "none",
            color: "var(--muted)",
            font: "11px var(--sans)",
            fontVariantNumeric: "tabular-nums",
        },
        ".cm-rate:enabled:hover": { color: "var(--text)" },
        ".cm-rate:disabled": { cursor: "default", opacity: "1" },
        ".cm-rate b": { minWidth: "5.5ch", fontWeight: "inherit", textAlign: "right" },
        ".cm-rate span": { minWidth: "7ch", textAlign: "right" },
        // The script needs the room more; the table of hits has the same figures.
        "@media (max-width: 1300px)": { ".cm-rate span": { display: "none" } },
        ".cm-rate svg": { width: "44px", height: "13px" },
        ".cm-rate path": { fill: "none", stroke: "var(--accent)", strokeWidth: "1.2" },
    }),
];

/** Several of one line stand above each other in the order of the script: the first is shown. */
export function showRates(view: EditorView, rates: readonly LineRate[], show: (agg: number) => void): void {
    const lines = new Map(rates.map((rate) => [rate.line, rate]).reverse() as [number, LineRate][]);
    const ranges = [...lines.values()]
        .filter(({ line }) => line >= 1 && line <= view.state.doc.lines)
        .map((rate) => new RateMarker(rate, show).range(view.state.doc.line(rate.line).from));
    view.dispatch({ effects: changed.of(RangeSet.of(ranges, true)) });
}
