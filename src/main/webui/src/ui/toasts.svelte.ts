export interface Toast {
    readonly id: number;
    readonly text: string;
    readonly action: { readonly name: string; readonly run: () => void } | null;
}

/** Short notices; one may offer a way back while it is shown. */
class Toasts {
    shown = $state.raw<readonly Toast[]>([]);
    private next = 0;

    show(text: string, action: Toast["action"] = null, millis = 6000): () => void {
        const id = this.next++;
        this.shown = [...this.shown, { id, text, action }];
        const close = () => (this.shown = this.shown.filter((toast) => toast.id !== id));
        setTimeout(close, millis);
        return close;
    }

    close(id: number): void {
        this.shown = this.shown.filter((toast) => toast.id !== id);
    }
}

export const toasts = new Toasts();
