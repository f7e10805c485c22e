import { lezer } from "@lezer/generator/rollup";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { singleFile } from "./singleFile";

const PAGE = "viewer.html";

/** The page that shows a bundle without a service, as one file beside those of the service's page. */
export default defineConfig({
    plugins: [lezer(), svelte(), singleFile(PAGE)],
    build: {
        target: "es2022",
        sourcemap: false,
        modulePreload: false,
        emptyOutDir: false,
        copyPublicDir: false,
        cssCodeSplit: false,
        rollupOptions: { input: PAGE, output: { codeSplitting: false } },
    },
});
