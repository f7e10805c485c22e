import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const KB = 1000;

/** After gzip: what each page that is exported carries beside its capture. */
const BUDGET = 280 * KB;

/**
 * Puts the script and the styles of the built page into it, under a policy that lets it run this script and ask nobody for
 * anything. The page is what `name` says.
 */
export function singleFile(name: string): Plugin {
    return {
        name: "single-file",
        apply: "build",
        enforce: "post",
        generateBundle(_options, bundle) {
            const files = Object.values(bundle);
            const chunks = files.filter((one) => one.type === "chunk");
            const assets = files.filter((one) => one.type === "asset");
            const page = assets.find((one) => one.fileName === name);
            const [script, ...more] = chunks;
            if (!page || !script || more.length > 0) {
                return this.error(`${name} needs one script, there are ${chunks.length}`);
            }
            const styles = assets.filter((one) => one.fileName.endsWith(".css"));
            const others = assets.filter((one) => one !== page && !styles.includes(one));
            if (others.length > 0) {
                return this.error(`${name} cannot hold ${others.map((one) => one.fileName).join(", ")}`);
            }
            // What would be loaded before a part that is loaded later: here every part is loaded.
            const code = closed(script.code.replaceAll("__VITE_PRELOAD__", "[]"), "script");
            if (/<!--[^]*?<script/i.test(code)) {
                return this.error("the script would open a script within itself");
            }
            const style = closed(styles.map(textOf).join("\n"), "style");
            const hash = createHash("sha256").update(code).digest("base64");
            const policy =
                `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; ` +
                "base-uri 'none'; form-action 'none'";
            const html = textOf(page)
                .replace(/\s*<script type="module"[^>]*><\/script>/, "")
                .replace(/\s*<link rel="stylesheet"[^>]*>/g, "")
                .replace(
                    '<meta charset="utf-8" />',
                    (tag) => `${tag}\n        <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
                )
                .replace("</head>", () => `<style>${style}</style>\n    </head>`)
                .replace(
                    '<script type="application/zip;base64"',
                    (tag) => `<script type="module">${code}</script>\n        ${tag}`,
                );
            if (!html.includes(code) || !html.includes(style) || /\s(?:src|href)="(?!data:)/.test(withoutCode(html))) {
                return this.error(`${name} still refers to other files`);
            }
            const size = gzipSync(html).length;
            if (size > BUDGET) {
                return this.error(`${name} has ${size} bytes after gzip, at most ${BUDGET} are planned`);
            }
            this.info(`${name}: ${(size / KB).toFixed(1)} of ${BUDGET / KB} kB after gzip`);
            page.source = html;
            for (const one of [script, ...styles]) {
                Reflect.deleteProperty(bundle, one.fileName);
            }
        },
    };
}

/** The text in a way in which it does not end its element. */
function closed(text: string, element: string): string {
    return text.replace(new RegExp(`</(?=${element})`, "gi"), "<\\/");
}

function withoutCode(html: string): string {
    return html.replace(/<(script|style)\b[^]*?<\/\1>/g, (all) => all.slice(0, all.indexOf(">") + 1));
}

function textOf(asset: Rollup.OutputAsset): string {
    return typeof asset.source === "string" ? asset.source : new TextDecoder().decode(asset.source);
}
