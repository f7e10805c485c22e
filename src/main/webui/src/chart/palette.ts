/** Colours of the charts for one theme; the page reads the plain ones from its style sheet. */
export interface ChartTheme {
    readonly dark: boolean;
    readonly background: string;
    readonly text: string;
    readonly faint: string;
    readonly grid: string;
    readonly accent: string;
    readonly hatch: string;
    readonly font: string;
}

type Rgb = readonly [number, number, number];

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

export const LEVELS = 256;

/** 256 colours from the least to the greatest, packed as the bytes of an ImageData on a little-endian machine. */
export function ramp(dark: boolean): Uint32Array {
    const anchors = dark ? DARK : LIGHT;
    return Uint32Array.from({ length: LEVELS }, (_, level) => {
        const [r, g, b] = between(anchors, level / (LEVELS - 1));
        return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    });
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
