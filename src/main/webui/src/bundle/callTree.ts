import type { Call } from "../chart/flame";
import type { Key } from "../protocol/model";

const ROOT = "all";

/** What is in no stack. */
const OTHER = "(other)";
const SEPARATOR = ";";

interface Node {
    value: number;
    readonly children: Map<string, Node>;
}

/**
 * A tree of calls from series with stacks in their keys: other parts of the key stand around the stacks, the kernel's stack
 * is called from the process'. The root counts `total`.
 */
export function callTree(
    series: readonly { readonly keys: readonly Key[]; readonly value: number }[],
    total: number,
): Call {
    const root: Node = { value: 0, children: new Map() };
    for (const { keys, value } of series.filter((one) => one.value > 0)) {
        const stacks = (kind: string) =>
            keys.filter((key) => key.kind === kind).flatMap((key) => key.label.split(SEPARATOR));
        const around = keys.filter((key) => key.kind !== "stack" && key.kind !== "ustack").map((key) => key.label);
        root.value += value;
        let node = root;
        for (const name of [...around, ...stacks("ustack"), ...stacks("stack")]) {
            node = child(node, name === "" ? "?" : name, value);
        }
    }
    if (total > root.value) {
        child(root, OTHER, total - root.value);
        root.value = total;
    }
    return call(ROOT, root);
}

function child(node: Node, name: string, more: number): Node {
    const found = node.children.get(name) ?? { value: 0, children: new Map() };
    found.value += more;
    node.children.set(name, found);
    return found;
}

function call(name: string, { value, children }: Node): Call {
    const inOrder = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
    return { name, value, children: inOrder.map(([of, node]) => call(of, node)) };
}
