/** What conditions of the preprocessor ask of the machine. */
export interface Machine {
    readonly kernelRelease: string;
    readonly architecture: string;
    /** The value of a `CONFIG_` option; null when it is not known here. */
    readonly kernelOption: (name: string) => string | null;
}

/** A name, number, string with its quotes, or sign. */
export type Word = string;

const LANGUAGE_VERSION = "5.5";
const COMPARISONS = ["<", "<=", "==", "!=", ">=", ">"];

/** Not known here: what the script is called with, and most of what it is compiled for. */
const UNKNOWN = Symbol("unknown");
type Value = string | bigint | typeof UNKNOWN;

/**
 * Whether the condition before `%?` holds; one that asks for what is not known here counts as true. Null when it is
 * no condition.
 */
export function holds(words: readonly Word[], machine: Machine): boolean | null {
    let some = false;
    let all = true;
    for (let at = 0; ; at += 4) {
        const compared = comparison(words.slice(at, at + 3), machine);
        if (compared === null) {
            return null;
        }
        all &&= compared;
        const joint = words[at + 3];
        if (joint === "&&") {
            continue;
        }
        some ||= all;
        all = true;
        if (joint === undefined) {
            return some;
        }
        if (joint !== "||") {
            return null;
        }
    }
}

function comparison(words: readonly Word[], machine: Machine): boolean | null {
    const [left = "", operator = "", right = ""] = words;
    if (!COMPARISONS.includes(operator)) {
        return null;
    }
    const ours = subject(left, machine);
    const theirs = subject(right, machine);
    if (ours === null || theirs === null) {
        return null;
    }
    if (ours === UNKNOWN || theirs === UNKNOWN) {
        return true;
    }
    if (typeof ours !== typeof theirs) {
        return left.startsWith("CONFIG_") ? true : null;
    }
    const equality = operator === "==" || operator === "!=";
    if (typeof ours === "string" && typeof theirs === "string" && equality && /[*?[]/.test(theirs)) {
        return wildcard(theirs).test(ours) === (operator === "==");
    }
    const order = /^(?:kernel_v|kernel_vr|systemtap_v)$/.test(left)
        ? versionOrder(String(ours), String(theirs))
        : ours < theirs
          ? -1
          : ours > theirs
            ? 1
            : 0;
    const rules: Readonly<Record<string, boolean>> = {
        "<": order < 0,
        "<=": order <= 0,
        "==": order === 0,
        "!=": order !== 0,
        ">=": order >= 0,
        ">": order > 0,
    };
    return rules[operator] ?? null;
}

function subject(word: Word, machine: Machine): Value | null {
    switch (word) {
        case "kernel_vr":
            return machine.kernelRelease;
        case "kernel_v":
            return machine.kernelRelease.replace(/-.*/, "");
        case "arch":
            return machine.architecture;
        case "systemtap_v":
            return LANGUAGE_VERSION;
        case "runtime":
            return "stapscope";
        case "systemtap_privilege":
        case "guru_mode":
            return UNKNOWN;
        default:
    }
    if (word.startsWith("CONFIG_")) {
        return machine.kernelOption(word) ?? UNKNOWN;
    }
    if (/^[$@](?:#|\d+)$/.test(word)) {
        return UNKNOWN;
    }
    if (word.startsWith('"')) {
        return word.slice(1, -1);
    }
    return /^(?:0[xX][0-9a-fA-F]+|[1-9]\d*|0[0-7]*)$/.test(word) ? BigInt(word.replace(/^0(?=[0-7])/, "0o")) : null;
}

function wildcard(pattern: string): RegExp {
    const escaped = pattern
        .replace(/[.+^${}()|\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".");
    return new RegExp(`^${escaped}$`);
}

/** The order of versions: runs of digits compare as numbers. */
function versionOrder(left: string, right: string): number {
    return left.localeCompare(right, "en", { numeric: true });
}
