import type { Level } from "../protocol/http";

/** In seconds; rows of seconds are parts of a minute. */
export const LENGTH: Readonly<Record<Level, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

export const floorTo = (level: Level, second: number) => Math.floor(second / LENGTH[level]) * LENGTH[level];
export const ceilTo = (level: Level, second: number) => Math.ceil(second / LENGTH[level]) * LENGTH[level];

/** Which levels are stored where, in seconds of the capture: finer ones from some moment on, hours and days by their starts. */
export interface Detail {
    readonly secondsFrom: number;
    readonly minutesFrom: number;
    readonly hours: ReadonlySet<number>;
    readonly days: ReadonlySet<number>;
}

export interface Piece {
    readonly level: Level;
    readonly from: number;
    readonly to: number;
}

/**
 * How a range is answered: from which rows, in which columns. The same as RangePlan of the service, so that both show the
 * same columns. Times are seconds of the capture.
 */
export interface RangePlan {
    readonly from: number;
    readonly to: number;
    readonly firstSecond: number;
    readonly step: number;
    readonly columns: number;
    readonly finest: Level;
    readonly pieces: readonly Piece[];
}

const MOST_SECONDS = 6 * 3600;
const MOST_ROWS = 65_000;
const ROWS_OF_CHUNK = 100;

/** Divide a minute, or are whole minutes and divide a day. */
const STEPS = [
    1, 2, 3, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200,
    86_400,
];

export function planOf(
    from: number,
    to: number,
    mostColumns: number,
    intervalMillis: number,
    detail: Detail,
): RangePlan {
    if (from >= to) {
        return { from: 0, to: 0, firstSecond: 0, step: 1, columns: 0, finest: "second", pieces: [] };
    }
    const finest = finestAt(detail, from);
    const start = floorTo(finest, from);
    const end = ceilTo(finestAt(detail, to - 1), to);
    const long = end - start > MOST_SECONDS ? LENGTH.minute : 1;
    let step = stepOf(
        Math.max(Math.ceil((end - start) / mostColumns), Math.ceil(intervalMillis / 1000), LENGTH[finest], long),
    );
    const columnsOf = () => Math.ceil(end / step) - Math.floor(start / step);
    let pieces = piecesOf(start, end, step, detail);
    while (columnsOf() > mostColumns || (costOf(pieces) > MOST_ROWS && columnsOf() > 1)) {
        step = stepOf(step + 1);
        pieces = piecesOf(start, end, step, detail);
    }
    const firstSecond = Math.floor(start / step) * step;
    return { from: start, to: end, firstSecond, step, columns: columnsOf(), finest, pieces };
}

/** The column of a second, or -1 when it is outside of the range. */
export function columnOf(plan: RangePlan, second: number): number {
    return second < plan.from || second >= plan.to ? -1 : Math.floor((second - plan.firstSecond) / plan.step);
}

function finestAt({ minutesFrom, secondsFrom }: Detail, second: number): Level {
    return second < minutesFrom ? "hour" : second < secondsFrom ? "minute" : "second";
}

function piecesOf(from: number, to: number, step: number, detail: Detail): Piece[] {
    const pieces: Piece[] = [];
    for (let at = from; at < to;) {
        const level = coarsestAt(at, to, step, detail);
        const end = level === "second" ? Math.min(to, ceilTo("minute", at + 1)) : at + LENGTH[level];
        const last = pieces.at(-1);
        if (last?.level === level) {
            pieces[pieces.length - 1] = { level, from: last.from, to: end };
        } else {
            pieces.push({ level, from: at, to: end });
        }
        at = end;
    }
    return pieces;
}

/** The longest stored unit that begins here, ends within the range, and lies in one column. */
function coarsestAt(at: number, to: number, step: number, { hours, days }: Detail): Level {
    const fits = (level: Level) => at % LENGTH[level] === 0 && at + LENGTH[level] <= to && step % LENGTH[level] === 0;
    if (fits("day") && days.has(at)) {
        return "day";
    }
    if (fits("hour") && hours.has(at)) {
        return "hour";
    }
    return fits("minute") ? "minute" : "second";
}

function costOf(pieces: readonly Piece[]): number {
    return pieces.reduce((sum, { level, from, to }) => {
        const unit = level === "second" ? "minute" : level;
        const rows = (ceilTo(unit, to) - floorTo(unit, from)) / LENGTH[unit];
        return sum + (level === "second" ? rows * ROWS_OF_CHUNK : rows);
    }, 0);
}

function stepOf(least: number): number {
    return STEPS.find((step) => step >= least) ?? ceilTo("day", least);
}
