import type { Aggregate, Facet } from "../protocol/model";

/** System calls tell most; then processes; then whatever the keys are. */
export function defaultFacet(aggregates: readonly Aggregate[]): Facet {
    const facets = new Set(aggregates.flatMap(facetsOf));
    return (
        (["syscall", "execname", "pid", "full"] as const).find((facet) => facets.has(facet)) ??
        [...facets][1] ??
        "total"
    );
}

/** Counted by stack: shown as a tree of calls. */
export function hasStacks(aggregate: Aggregate): boolean {
    return aggregate.keyKinds.includes("stack") || aggregate.keyKinds.includes("ustack");
}

/** How the series of an aggregate can be grouped. The full key says nothing new when it is a single part of a kind. */
export function facetsOf(aggregate: Aggregate): Facet[] {
    const kinds = aggregate.keyKinds;
    const single = [...new Set(kinds)].filter((kind) => kind !== "plain");
    const full: Facet[] = kinds.length > 1 || kinds.includes("plain") ? ["full"] : [];
    return ["total", ...single, ...full];
}
