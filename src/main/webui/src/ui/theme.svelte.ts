import type { ChartTheme } from "../chart/palette";
import { recall, remember } from "./storage";

const FONT = '11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif';

const DARK: ChartTheme = {
    dark: true,
    background: "#0d1117",
    text: "#a9b4c2",
    faint: "#8793a3",
    grid: "rgb(140 160 185 / 0.14)",
    accent: "#5cc8ff",
    hatch: "rgb(200 210 225 / 0.22)",
    warn: "#f0b24a",
    bad: "#f0625d",
    font: FONT,
};

const LIGHT: ChartTheme = {
    dark: false,
    background: "#ffffff",
    text: "#44505e",
    faint: "#5d6977",
    grid: "rgb(30 50 80 / 0.13)",
    accent: "#0b6fb8",
    hatch: "rgb(30 40 60 / 0.28)",
    warn: "#8a5a00",
    bad: "#c2322d",
    font: FONT,
};

export type ThemeChoice = "system" | "dark" | "light";

/** Dark or light: the system's choice until the user makes one. */
class Theme {
    private readonly system = matchMedia("(prefers-color-scheme: dark)");
    private systemDark = $state(this.system.matches);
    private choice = $state(recall("theme"));

    readonly chosen = $derived<ThemeChoice>(this.choice === "dark" || this.choice === "light" ? this.choice : "system");
    readonly dark = $derived(this.chosen === "system" ? this.systemDark : this.chosen === "dark");
    readonly chart = $derived(this.dark ? DARK : LIGHT);

    constructor() {
        this.system.addEventListener("change", (event) => (this.systemDark = event.matches));
    }

    toggle(): void {
        this.choose(this.dark ? "light" : "dark");
    }

    choose(choice: ThemeChoice): void {
        this.choice = choice;
        remember("theme", choice);
    }
}

export const theme = new Theme();
