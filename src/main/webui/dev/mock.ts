import type { Plugin } from "vite";

/** Development only: answers the REST and WebSocket contract with synthetic data. Never part of the build. */
export function mockServer(): Plugin {
    return { name: "stapscope-mock", apply: "serve" };
}
