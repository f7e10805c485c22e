/** The page's address. Links are plain anchors; clicks on them are taken over, so that a run stays connected. */

export type Route =
    | { readonly page: "studio" }
    | { readonly page: "captures" }
    | { readonly page: "capture"; readonly id: string }
    | { readonly page: "runs" }
    | { readonly page: "compare" }
    | { readonly page: "gallery" }
    | { readonly page: "probes" }
    | { readonly page: "docs"; readonly part: "language" | "tools" }
    | { readonly page: "alerts" }
    | { readonly page: "settings" }
    | { readonly page: "doctor" }
    | { readonly page: "drawing" }
    | { readonly page: "login" }
    | { readonly page: "unknown" };

export function routeOf(path: string): Route {
    const capture = /^\/captures\/([0-9a-zA-Z-]+)\/?$/.exec(path);
    if (capture?.[1]) {
        return { page: "capture", id: capture[1] };
    }
    switch (path.replace(/\/$/, "")) {
        case "":
            return { page: "studio" };
        case "/captures":
            return { page: "captures" };
        case "/runs":
            return { page: "runs" };
        case "/alerts":
            return { page: "alerts" };
        case "/compare":
            return { page: "compare" };
        case "/gallery":
            return { page: "gallery" };
        case "/probes":
            return { page: "probes" };
        case "/docs":
        case "/docs/language":
            return { page: "docs", part: "language" };
        case "/docs/tools":
            return { page: "docs", part: "tools" };
        case "/settings":
            return { page: "settings" };
        case "/doctor":
            return { page: "doctor" };
        case "/drawing":
            return { page: "drawing" };
        case "/login":
            return { page: "login" };
        default:
            return { page: "unknown" };
    }
}

class Router {
    route = $state.raw<Route>(routeOf(location.pathname));

    constructor() {
        addEventListener("popstate", () => this.read());
        document.addEventListener("click", (event) => this.follow(event));
    }

    go(path: string, replace = false): void {
        history[replace ? "replaceState" : "pushState"](null, "", path);
        this.read();
    }

    private read(): void {
        this.route = routeOf(location.pathname);
        scrollTo(0, 0);
    }

    private follow(event: MouseEvent): void {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
        if (link && plain && !event.defaultPrevented && link.origin === location.origin && !link.target) {
            event.preventDefault();
            this.go(link.pathname + link.search + link.hash);
        }
    }
}

export const router = new Router();
