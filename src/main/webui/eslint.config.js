import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** The decoder and the drawing code know no user interface framework, so that they can be tested and reused alone. */
const frameworkFree = {
    files: ["src/protocol/**", "src/chart/**", "src/bundle/**"],
    rules: {
        "no-restricted-imports": [
            "error",
            { patterns: ["svelte", "svelte/*", "*.svelte", "@codemirror/*", "**/ui/*"] },
        ],
    },
};

export default ts.config(
    { ignores: ["dist/", "node_modules/"] },
    js.configs.recommended,
    ...ts.configs.strict,
    ...svelte.configs.recommended,
    {
        languageOptions: { globals: { ...globals.browser, ...globals.node } },
        rules: {
            "no-undef": "off",
            eqeqeq: "error",
            "no-console": "error",
            "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
            "@typescript-eslint/consistent-type-imports": "error",
        },
    },
    {
        files: ["**/*.svelte", "**/*.svelte.ts"],
        languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
        rules: { "svelte/no-navigation-without-resolve": "off", "svelte/prefer-svelte-reactivity": "off" },
    },
    { files: ["*.config.js", "*.config.ts"], rules: { "no-restricted-exports": "off" } },
    frameworkFree,
);
