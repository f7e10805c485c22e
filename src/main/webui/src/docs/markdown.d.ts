declare module "*.md?sections" {
    import type { Section } from "./section";
    export const sections: readonly Section[];
}
