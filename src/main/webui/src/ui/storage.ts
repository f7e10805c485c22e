/** Small things this browser remembers. A browser that forbids storage only forgets. */

type Name =
    | "theme"
    | "locale"
    | "target"
    | "duration"
    | "run"
    | "welcomed"
    | "split"
    | "bottom"
    | "settings"
    | "documents"
    | `document.${string}`
    | `revisions.${string}`;

export function remember(name: Name, value: string): void {
    try {
        localStorage.setItem(`stapscope.${name}`, value);
    } catch {
        // Full or forbidden: nothing depends on it.
    }
}

export function recall(name: Name): string | null {
    try {
        return localStorage.getItem(`stapscope.${name}`);
    } catch {
        return null;
    }
}

/** What only this tab remembers, over a reload. */
export function rememberHere(name: "replay", value: string | null): void {
    try {
        if (value === null) {
            sessionStorage.removeItem(`stapscope.${name}`);
        } else {
            sessionStorage.setItem(`stapscope.${name}`, value);
        }
    } catch {
        // Forbidden: nothing depends on it.
    }
}

export function recallHere(name: "replay"): string | null {
    try {
        return sessionStorage.getItem(`stapscope.${name}`);
    } catch {
        return null;
    }
}

export function forget(name: Name): void {
    try {
        localStorage.removeItem(`stapscope.${name}`);
    } catch {
        // Forbidden: then there is nothing to forget.
    }
}
