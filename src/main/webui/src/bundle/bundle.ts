import type { Aggregate } from "../protocol/model";
import { BundleError } from "./bundleError";
import { readTable, type Row } from "./csv";
import { unzip } from "./zip";

const FORMAT = "stapscope-capture";
const VERSION = 1;

/** `manifest.json`: the capture without its rows. What older versions did not write may be missing. */
export interface Manifest {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly startedAtMillis: number;
    readonly stoppedAtMillis: number | null;
    readonly stopReason: string | null;
    readonly intervalMillis: number;
    readonly tags: readonly string[];
    readonly target: { readonly pid: number | null; readonly command: string | null } | null;
    readonly host: { readonly name: string; readonly kernel: string };
    readonly aggregates: readonly Aggregate[];
    readonly totals: readonly { readonly agg: number; readonly name: string; readonly count: number }[];
    readonly complete?: boolean | null;
    readonly inexact?: readonly string[] | null;
}

/** A capture as the service exports it. */
export class Bundle {
    private constructor(
        readonly manifest: Manifest,
        readonly script: string,
        private readonly files: ReadonlyMap<string, string>,
    ) {}

    /** Fails with {@link BundleError}. */
    static async read(bytes: Uint8Array): Promise<Bundle> {
        const files = await unzip(bytes);
        const text = files.get("manifest.json");
        const script = files.get("script.stp");
        if (text === undefined || script === undefined) {
            throw new BundleError("the file has no manifest.json or no script.stp: it is no bundle of a capture");
        }
        return new Bundle(manifestOf(text), script, files);
    }

    /** The rows of a table; none of one that an older version did not write. */
    rows(table: string): Row[] {
        const file = `tables/${table}.csv`;
        const text = this.files.get(file);
        return text === undefined ? [] : readTable(file, text);
    }
}

function manifestOf(text: string): Manifest {
    let manifest: Manifest & { readonly format?: unknown; readonly version?: unknown };
    try {
        manifest = JSON.parse(text) as typeof manifest;
    } catch {
        throw new BundleError("manifest.json cannot be read");
    }
    if (manifest.format !== FORMAT) {
        throw new BundleError(`manifest.json is not that of a capture: its format is '${String(manifest.format)}'`);
    }
    if (manifest.version !== VERSION) {
        throw new BundleError(`the bundle has version ${String(manifest.version)}, this page reads version ${VERSION}`);
    }
    if (!manifest.id || !manifest.aggregates || !manifest.totals || !manifest.host || !(manifest.intervalMillis > 0)) {
        throw new BundleError("manifest.json does not say which capture this is");
    }
    return manifest;
}
