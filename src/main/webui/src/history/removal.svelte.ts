import { api, messageOf } from "../protocol/http";
import { t } from "../ui/i18n/i18n.svelte";
import { toasts } from "../ui/toasts.svelte";

const TIME_TO_UNDO = 6000;

/** Deletes captures after a moment in which it can be undone; until then they are only hidden. */
class Removal {
    hidden = $state.raw<ReadonlySet<string>>(new Set());

    schedule(id: string, name: string): void {
        this.hidden = new Set([...this.hidden, id]);
        const timer = setTimeout(() => void this.remove(id), TIME_TO_UNDO);
        const undo = () => {
            clearTimeout(timer);
            this.show(id);
        };
        toasts.show(t("captures.deleted", { name }), { name: t("captures.undo"), run: undo }, TIME_TO_UNDO);
    }

    private async remove(id: string): Promise<void> {
        try {
            await api.deleteCapture(id);
        } catch (error) {
            this.show(id);
            toasts.show(messageOf(error));
        }
    }

    private show(id: string): void {
        this.hidden = new Set([...this.hidden].filter((one) => one !== id));
    }
}

export const removal = new Removal();
