import { lezer } from "@lezer/generator/rollup";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { budget } from "./budget";
import { markdown } from "./markdown";

/** `MOCK=1 npm run dev` serves synthetic data; otherwise `npm run dev` forwards to a running Stapscope. */
const mock = process.env["MOCK"] === "1";

export default defineConfig(async () => ({
    plugins: [markdown(), lezer(), svelte(), budget(), ...(mock ? [(await import("./dev/mock")).mockServer()] : [])],
    build: { target: "es2022", sourcemap: false, modulePreload: { polyfill: false } },
    server: {
        host: "127.0.0.1",
        proxy: mock ? {} : { "/api": { target: "http://127.0.0.1:8080", ws: true } },
    },
    // The server's policy: what breaks under it breaks in the preview too.
    preview: {
        host: "127.0.0.1",
        headers: {
            "Content-Security-Policy":
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
                "connect-src 'self'; object-src 'none'; base-uri 'none'",
        },
    },
    test: { include: ["src/**/*.spec.ts"], environment: "node" },
}));
