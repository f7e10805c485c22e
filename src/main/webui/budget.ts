import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const KB = 1000;

/** What the browser loads, in bytes after gzip: the first page without its editor, the editor, all style sheets. */
const BUDGETS = { first: 190 * KB, editor: 145 * KB, css: 30 * KB };

/** Lets no build pass that makes the page heavier than it may be. */
export function budget(): Plugin {
    return {
        name: "budget",
        apply: "build",
        generateBundle(_options, bundle) {
            const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
            const first = closure(
                chunks.filter((chunk) => chunk.isEntry),
                bundle,
            );
            const lazy = (part: string, loaded: ReadonlySet<Rollup.OutputChunk>) => {
                const all = closure(
                    chunks.filter((chunk) => chunk.facadeModuleId?.endsWith(part)),
                    bundle,
                );
                return [...all].filter((chunk) => !loaded.has(chunk));
            };
            const editor = lazy("/editor/codemirror.ts", first);
            const sizes: Record<keyof typeof BUDGETS, number> = {
                first: weight([...first].map((chunk) => chunk.code)),
                editor: weight(editor.map((chunk) => chunk.code)),
                css: weight(
                    Object.values(bundle).flatMap((one) =>
                        one.type === "asset" && one.fileName.endsWith(".css") ? [one.source] : [],
                    ),
                ),
            };
            for (const [part, size] of Object.entries(sizes)) {
                const most = BUDGETS[part as keyof typeof BUDGETS];
                const text = `${part}: ${(size / KB).toFixed(1)} of ${most / KB} kB after gzip`;
                if (size > most) {
                    this.error(`over the budget of the page, ${text}`);
                }
                this.info(text);
            }
            if (editor.length === 0) {
                this.error("the editor is not a chunk of its own any more");
            }
        },
    };
}

/** The chunks and all that loads with them. */
function closure(roots: readonly Rollup.OutputChunk[], bundle: Rollup.OutputBundle): Set<Rollup.OutputChunk> {
    const found = new Set(roots);
    for (const chunk of found) {
        for (const name of chunk.imports) {
            const next = bundle[name];
            if (next?.type === "chunk") {
                found.add(next);
            }
        }
    }
    return found;
}

function weight(texts: readonly (string | Uint8Array)[]): number {
    return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
}
