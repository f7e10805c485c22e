import type { Unit } from "../protocol/model";

const SECOND = 1e9;
const NANOS: Partial<Record<Unit, number>> = { ns: 1, us: 1e3, ms: 1e6, s: SECOND };

interface Step {
    readonly size: number;
    readonly name: string;
}

const TIME_STEPS: readonly Step[] = [
    { size: SECOND, name: "s" },
    { size: 1e6, name: "ms" },
    { size: 1e3, name: "µs" },
    { size: 1, name: "ns" },
];

const BYTE_STEPS: readonly Step[] = [
    { size: 2 ** 50, name: "PiB" },
    { size: 2 ** 40, name: "TiB" },
    { size: 2 ** 30, name: "GiB" },
    { size: 2 ** 20, name: "MiB" },
    { size: 2 ** 10, name: "KiB" },
    { size: 1, name: "B" },
];

const COUNT_STEPS: readonly Step[] = [
    { size: 1e15, name: "P" },
    { size: 1e12, name: "T" },
    { size: 1e9, name: "G" },
    { size: 1e6, name: "M" },
    { size: 1e3, name: "k" },
];

/** Three telling digits, without the zeros at the end. */
function digits(value: number): string {
    const rounded = Number(value.toPrecision(3));
    return Math.abs(rounded) >= 1000 ? String(Math.round(value)) : String(rounded);
}

function inSteps(value: number, steps: readonly Step[], gap: string): string {
    const magnitude = Math.abs(value);
    // 999.9 µs rounds to "1000 µs": take the next step already there.
    const step = steps.find((one) => magnitude >= one.size * 0.9995);
    return step ? digits(value / step.size) + gap + step.name : digits(value);
}

/** A value with its unit as people write it: 4.2 ms, 64 KiB, 1.2 k. */
export function formatValue(value: number, unit: Unit): string {
    if (value === 0) {
        return "0";
    }
    if (unit === "bytes") {
        return inSteps(value, BYTE_STEPS, " ");
    }
    const nanos = NANOS[unit];
    return nanos === undefined ? inSteps(value, COUNT_STEPS, " ") : inSteps(value * nanos, TIME_STEPS, " ");
}

/** A rate or a large count, short: 41.2 k. */
export function formatCount(value: number): string {
    return inSteps(value, COUNT_STEPS, " ");
}

/**
 * Values worth a label between two magnitudes, coarsest list first: round numbers of the unit, not powers of two,
 * except for bytes. The caller takes the finest list whose labels do not touch.
 */
export function tickLists(low: number, high: number, unit: Unit): number[][] {
    if (unit === "bytes") {
        return [10, 6, 4, 2, 1].map((stride) => powers(2, stride, low, high, 1));
    }
    const scale = NANOS[unit] ?? 1;
    const decades = [6, 3, 1].map((stride) => powers(10, stride, low, high, scale));
    return [...decades, multiples([1, 2, 5], low, high, scale)];
}

function powers(base: number, stride: number, low: number, high: number, scale: number): number[] {
    return range(low * scale, high * scale, (k) => base ** (k * stride)).map((value) => value / scale);
}

function multiples(factors: readonly number[], low: number, high: number, scale: number): number[] {
    return factors
        .flatMap((factor) => range(low * scale, high * scale, (k) => factor * 10 ** k))
        .map((value) => value / scale)
        .sort((a, b) => a - b);
}

function range(low: number, high: number, value: (k: number) => number): number[] {
    const found: number[] = [];
    for (let k = 0; k < 64 && value(k) <= high; k++) {
        if (value(k) >= low) {
            found.push(value(k));
        }
    }
    return found;
}
