import type { HeatmapAnswer, Level, QuantilesAnswer } from "../protocol/http";
import type { Bundle } from "./bundle";
import { BundleError } from "./bundleError";
import type { Row } from "./csv";
import { RangeColumns, type Part } from "./rangeColumns";
import { ceilTo, floorTo, LENGTH, planOf, type Detail, type Piece } from "./rangePlan";

/** What is asked of a series: times in milliseconds since 1970, null for the whole capture. */
export interface RangeQuestion {
    readonly agg: number;
    readonly series: number;
    readonly from: number | null;
    readonly to: number | null;
    readonly columns: number;
}

/** A row of a window, its bytes not yet decoded. */
interface Window extends Part {
    readonly hist: Uint8Array | null;
}

interface Levels {
    readonly second: ReadonlyMap<number, Uint8Array>;
    readonly minute: readonly Window[];
    readonly hour: readonly Window[];
    readonly day: readonly Window[];
}

const NONE: Levels = { second: new Map(), minute: [], hour: [], day: [] };

interface Known {
    readonly second: number;
    readonly seconds: bigint;
    readonly rolled: boolean;
}

/** The windows of a bundle's series. Answers questions about ranges as RangeStore of the service does. */
export class StoredSeries {
    private readonly levels = new Map<string, Levels>();
    private readonly known: Readonly<Record<"minute" | "hour" | "day", readonly Known[]>>;
    /** The second after the last one that anything can be stored of. */
    readonly endSecond: number;

    constructor(private readonly bundle: Bundle) {
        this.known = {
            minute: this.knownOf("capture_minute"),
            hour: this.knownOf("capture_hour"),
            day: this.knownOf("capture_day"),
        };
        const rows = {
            second: this.bySeries("h_1s"),
            minute: this.bySeries("h_min"),
            hour: this.bySeries("h_hour"),
            day: this.bySeries("h_day"),
        };
        for (const name of new Set(Object.values(rows).flatMap((series) => [...series.keys()]))) {
            const windows = (level: "minute" | "hour" | "day") =>
                (rows[level].get(name) ?? []).map((row) => this.window(row)).sort((a, b) => a.second - b.second);
            const chunks = (rows.second.get(name) ?? []).map(
                (row) => [this.second(row), row.bytes("chunk") ?? new Uint8Array()] as const,
            );
            this.levels.set(name, {
                second: new Map(chunks),
                minute: windows("minute"),
                hour: windows("hour"),
                day: windows("day"),
            });
        }
        const last = this.known.minute.at(-1);
        const { stoppedAtMillis, startedAtMillis } = bundle.manifest;
        this.endSecond = Math.max(
            last ? last.second + (last.seconds === 0n ? 0 : last.seconds.toString(2).length) : 0,
            stoppedAtMillis === null ? 0 : Math.ceil((stoppedAtMillis - startedAtMillis) / 1000),
        );
    }

    async heatmap(question: RangeQuestion): Promise<HeatmapAnswer> {
        return (await this.columns(question)).heatmap();
    }

    async quantiles(question: RangeQuestion, asked: readonly number[]): Promise<QuantilesAnswer> {
        return (await this.columns(question)).quantiles(asked);
    }

    private async columns({ agg, series, from, to, columns }: RangeQuestion): Promise<RangeColumns> {
        const { startedAtMillis, intervalMillis, aggregates } = this.bundle.manifest;
        const aggregate = aggregates.find((one) => one.agg === agg);
        if (!aggregate) {
            throw new BundleError(`there is no aggregate ${agg}`);
        }
        const within = (second: number) => Math.min(this.endSecond, Math.max(0, second));
        const first = within(from === null ? 0 : Math.floor((from - startedAtMillis) / 1000));
        const end = within(to === null ? this.endSecond : Math.ceil((to - startedAtMillis) / 1000));
        const plan = planOf(first, end, columns, intervalMillis, this.detail(agg, first, end));
        const found = new RangeColumns(plan, startedAtMillis, aggregate.kind === "counter");
        const levels = this.levels.get(`${agg}/${series}`) ?? NONE;
        for (const piece of plan.pieces) {
            this.addKnown(piece, found);
            await addRows(piece, levels, found);
        }
        return found;
    }

    private addKnown(piece: Piece, columns: RangeColumns): void {
        if (piece.level === "hour" || piece.level === "day") {
            for (const { second, seconds } of this.known[piece.level]) {
                if (second >= piece.from && second < piece.to && seconds > 0n) {
                    columns.known(second);
                }
            }
            return;
        }
        const [from, to] = [floorTo("minute", piece.from), ceilTo("minute", piece.to)];
        for (const { second, seconds } of this.known.minute) {
            if (second >= from && second < to) {
                columns.knownMinute(second, seconds, piece);
            }
        }
    }

    /** Which levels are stored for a range: what DetailReader of the service asks its tables. */
    private detail(agg: number, from: number, to: number): Detail {
        const total = this.levels.get(`${agg}/0`) ?? NONE;
        const units = (level: "hour" | "day", finer: readonly Known[]) =>
            this.known[level]
                .map((unit) => unit.second)
                .filter((at) => at >= floorTo(level, from) && at < to)
                .filter((at) =>
                    finer.every((one) => one.rolled || one.second < at || one.second >= at + LENGTH[level]),
                );
        const hour = total.hour.find((one) => one.second >= floorTo("hour", from) && one.second < to);
        const minute = total.minute.find((one) => one.second >= floorTo("minute", from) && one.second < to);
        let minutesFrom = 0;
        if (hour && sumOf(total.minute, hour.second, hour.second + LENGTH.hour) < hour.n) {
            // A day of the calendar ends within an hour of the capture: of that hour not all minutes are there.
            minutesFrom = ceilTo("hour", minute?.second ?? to);
        }
        let secondsFrom = minutesFrom;
        if (minute && !total.second.has(minute.second)) {
            const later = [...total.second.keys()].filter((at) => at >= minute.second && at < to);
            const first = later.length > 0 ? later.reduce((a, b) => Math.min(a, b)) : ceilTo("minute", to);
            secondsFrom = Math.max(minutesFrom, first);
        }
        const days = to - from < LENGTH.day ? [] : units("day", [...this.known.hour, ...this.known.minute]);
        return { secondsFrom, minutesFrom, hours: new Set(units("hour", this.known.minute)), days: new Set(days) };
    }

    private knownOf(table: string): Known[] {
        return this.bundle
            .rows(table)
            .map((row) => ({
                second: this.second(row),
                seconds: row.bits("seconds_known"),
                rolled: table !== "capture_day" && row.boolean("rolled"),
            }))
            .sort((a, b) => a.second - b.second);
    }

    private bySeries(table: string): Map<string, Row[]> {
        const found = new Map<string, Row[]>();
        for (const row of this.bundle.rows(table)) {
            const name = `${row.number("agg")}/${row.number("number")}`;
            const rows = found.get(name);
            if (rows) {
                rows.push(row);
            } else {
                found.set(name, [row]);
            }
        }
        return found;
    }

    private window(row: Row): Window {
        return {
            second: this.second(row),
            n: row.number("n"),
            sum: row.number("sum"),
            min: row.number("vmin"),
            max: row.number("vmax"),
            hist: row.bytes("hist"),
        };
    }

    private second(row: Row): number {
        return Math.floor((row.time("ts") - this.bundle.manifest.startedAtMillis) / 1000);
    }
}

async function addRows(piece: Piece, levels: Levels, columns: RangeColumns): Promise<void> {
    const unit: Level = piece.level === "second" ? "minute" : piece.level;
    const [from, to] = [floorTo("minute", piece.from), ceilTo("minute", piece.to)];
    for (const window of levels[unit]) {
        if (window.second < from || window.second >= to) {
            continue;
        }
        if (piece.level !== "second") {
            columns.add(window, window.hist);
            continue;
        }
        const chunk = levels.second.get(window.second);
        if (chunk) {
            await columns.seconds(window, chunk);
        }
    }
}

function sumOf(windows: readonly Window[], from: number, to: number): number {
    return windows.reduce((sum, { second, n }) => (second >= from && second < to ? sum + n : sum), 0);
}
