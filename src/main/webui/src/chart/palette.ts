/** Colours of the charts for one theme; the page reads the plain ones from its style sheet. */
export interface ChartTheme {
    readonly dark: boolean;
    readonly background: string;
    readonly text: string;
    readonly faint: string;
    readonly grid: string;
    readonly accent: string;
    readonly hatch: string;
    readonly warn: string;
    readonly bad: string;
    readonly font: string;
}

export const LEVELS = 256;

export type Rgb = readonly [number, number, number];

/** Viridis in nine steps: even in lightness, safe for the colour-blind. */
const VIRIDIS: readonly Rgb[] = [
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
];

/** On dark the scale rises from a dim violet; on light it is reversed, so that empty is the background in both. */
const DARK: readonly Rgb[] = [[49, 22, 74], ...VIRIDIS.slice(1)];
const LIGHT: readonly Rgb[] = [[226, 240, 190], [160, 214, 120], ...VIRIDIS.slice(1, 7).reverse(), [52, 4, 72]];

/** Greys for what is not highlighted: present, but quiet. */
const GREY_ON_DARK: readonly Rgb[] = [
    [32, 38, 46],
    [120, 130, 142],
];
const GREY_ON_LIGHT: readonly Rgb[] = [
    [236, 239, 242],
    [128, 136, 146],
];

/** The Okabe-Ito colours that stand out on both themes: orange, sky blue, bluish green, reddish purple. */
export const HUES: readonly Rgb[] = [
    [230, 159, 0],
    [86, 180, 233],
    [0, 158, 115],
    [204, 121, 167],
];

/** Each hue from a dim to a full form. */
const ON_DARK = (hue: Rgb): readonly Rgb[] => [mixed(hue, [13, 17, 23], 0.62), hue, mixed(hue, [255, 255, 255], 0.35)];
const ON_LIGHT = (hue: Rgb): readonly Rgb[] => [mixed(hue, [255, 255, 255], 0.55), hue, mixed(hue, [0, 0, 0], 0.45)];

const RAMPS = { dark: table(DARK), light: table(LIGHT) };
const GREYS = { dark: table(GREY_ON_DARK), light: table(GREY_ON_LIGHT) };
const HUE_RAMPS = {
    dark: HUES.map((hue) => table(ON_DARK(hue))),
    light: HUES.map((hue) => table(ON_LIGHT(hue))),
};

/** 256 colours from the least to the greatest, packed as the bytes of an ImageData on a little-endian machine. */
export function ramp(dark: boolean): Uint32Array {
    return RAMPS[dark ? "dark" : "light"];
}

export function greys(dark: boolean): Uint32Array {
    return GREYS[dark ? "dark" : "light"];
}

/** A colour table for each highlighted series, in their order. */
export function hues(dark: boolean): readonly Uint32Array[] {
    return HUE_RAMPS[dark ? "dark" : "light"];
}

export function hueColour(index: number): string {
    return `rgb(${(HUES[index % HUES.length] ?? [0, 0, 0]).join(" ")})`;
}

function table(anchors: readonly Rgb[]): Uint32Array {
    return Uint32Array.from({ length: LEVELS }, (_, level) => {
        const [r, g, b] = between(anchors, level / (LEVELS - 1));
        return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    });
}

function mixed(a: Rgb, b: Rgb, part: number): Rgb {
    const mix = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * part);
    return [mix(0), mix(1), mix(2)];
}

export function cssColour(packed: number): string {
    return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
}

function between(anchors: readonly Rgb[], part: number): Rgb {
    const at = part * (anchors.length - 1);
    const low = anchors[Math.floor(at)] ?? [0, 0, 0];
    const high = anchors[Math.ceil(at)] ?? low;
    const mix = (i: 0 | 1 | 2) => Math.round(low[i] + (high[i] - low[i]) * (at % 1));
    return [mix(0), mix(1), mix(2)];
}
