import { recall, remember } from "./storage";

export const DENSITIES = ["comfortable", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

export const FONT_SIZES = [11, 12, 13, 14, 16, 18] as const;
export const INTERVALS = [100, 250, 500, 1000, 2000, 5000, 10_000] as const;

/** Percent of one CPU; 0 is no budget. */
export const BUDGETS = [0, 1, 2, 5, 10, 25, 50] as const;

interface Stored {
    readonly density: Density;
    /** Of the editor, in pixels. */
    readonly fontSize: number;
    /** Length of a column of a new run, in milliseconds. */
    readonly intervalMillis: number;
    /** What the handlers of a new run may take of one CPU. */
    readonly budgetPercent: number;
}

/** The budget is the share at which SystemTap's own overload protection stops a script. */
const DEFAULTS: Stored = { density: "comfortable", fontSize: 13, intervalMillis: 1000, budgetPercent: 50 };

/** What a user likes, kept in this browser. */
class Settings {
    private stored = $state.raw<Stored>({
        ...DEFAULTS,
        ...(JSON.parse(recall("settings") ?? "{}") as Partial<Stored>),
    });

    readonly density = $derived(DENSITIES.find((one) => one === this.stored.density) ?? DEFAULTS.density);
    readonly fontSize = $derived(FONT_SIZES.find((one) => one === this.stored.fontSize) ?? DEFAULTS.fontSize);
    readonly intervalMillis = $derived(
        INTERVALS.find((one) => one === this.stored.intervalMillis) ?? DEFAULTS.intervalMillis,
    );

    readonly budgetPercent = $derived(
        BUDGETS.find((one) => one === this.stored.budgetPercent) ?? DEFAULTS.budgetPercent,
    );

    change(part: Partial<Stored>): void {
        this.stored = { ...this.stored, ...part };
        remember("settings", JSON.stringify(this.stored));
    }
}

export const settings = new Settings();
