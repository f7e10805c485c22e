import { forget, recall, remember } from "../ui/storage";
import { FIRST_SCRIPT } from "./examples";
import { titleOf, withRevision, type Revision, type ScriptDocument } from "./scriptDocument";

interface Listed {
    readonly ids: readonly string[];
    readonly current: string;
}

/** The scripts that are open, saved in this browser as they are typed. */
class Documents {
    all = $state.raw<readonly ScriptDocument[]>([]);
    private currentId = $state("");
    /** Grows with every new revision, so that who shows them reads them again. */
    private pinned = $state(0);

    constructor() {
        const listed = JSON.parse(recall("documents") ?? "null") as Listed | null;
        this.all = (listed?.ids ?? []).flatMap((id) => {
            const stored = JSON.parse(recall(`document.${id}`) ?? "null") as Omit<ScriptDocument, "id"> | null;
            return stored ? [{ ...stored, id }] : [];
        });
        if (this.all.length === 0) {
            this.all = [fresh(FIRST_SCRIPT, "")];
        }
        this.currentId = listed?.current ?? "";
    }

    readonly current = $derived.by(
        () => this.all.find(({ id }) => id === this.currentId) ?? (this.all[0] as ScriptDocument),
    );

    /** Opens a script in a tab of its own, or in place of one that was opened and never changed. */
    open(text: string, name = "", values: readonly string[] = []): void {
        const known = this.all.find((one) => one.text === text && one.name === name);
        const idle = this.current.text === this.current.original || this.current.text.trim() === "";
        const opened = known ?? { ...fresh(text, name), arguments: values };
        if (!known) {
            const replaced = idle ? this.current : null;
            this.all = replaced ? this.all.map((one) => (one === replaced ? opened : one)) : [...this.all, opened];
            this.save(opened);
            if (replaced) {
                this.drop(replaced.id);
            }
        }
        this.select(opened.id);
    }

    add(): void {
        const added = fresh("", "");
        this.all = [...this.all, added];
        this.save(added);
        this.select(added.id);
    }

    select(id: string): void {
        this.currentId = id;
        this.list();
    }

    /** Gives what brings it back; the last one is emptied in place of closed. */
    close(id: string): () => void {
        const before = this.all;
        const closed = this.all.find((one) => one.id === id);
        const revisions = this.revisions(id);
        const at = this.all.findIndex((one) => one.id === id);
        const left = this.all.filter((one) => one.id !== id);
        this.all = left.length > 0 ? left : [fresh("", "")];
        if (this.currentId === id || left.length === 0) {
            this.currentId = (this.all[Math.min(at, this.all.length - 1)] ?? this.current).id;
        }
        this.drop(id);
        this.list();
        return () => {
            if (closed && !this.all.includes(closed)) {
                const all = this.all.filter((one) => one.text !== "" || before.includes(one));
                this.all = [...all.slice(0, at), closed, ...all.slice(at)];
                this.save(closed);
                remember(`revisions.${id}`, JSON.stringify(revisions));
                this.select(id);
            }
        };
    }

    rename(id: string, name: string): void {
        this.change(id, { name: name.trim().slice(0, 80) });
    }

    edit(text: string): void {
        this.change(this.current.id, { text });
    }

    setArgument(index: number, value: string): void {
        const values = [...this.current.arguments];
        while (values.length <= index) {
            values.push("");
        }
        values[index] = value;
        this.change(this.current.id, { arguments: values });
    }

    /** What it is called in a tab; "" for a script that says nothing of itself. */
    title({ name, text }: ScriptDocument): string {
        return name || titleOf(text);
    }

    /** Keeps the text that runs now. */
    pin(at: number): void {
        const { id, text, arguments: values } = this.current;
        remember(`revisions.${id}`, JSON.stringify(withRevision(this.revisions(id), { at, text, arguments: values })));
        this.pinned++;
    }

    /** What was run, oldest first. */
    revisions(id: string): readonly Revision[] {
        return this.pinned < 0 ? [] : (JSON.parse(recall(`revisions.${id}`) ?? "[]") as Revision[]);
    }

    private change(id: string, part: Partial<ScriptDocument>): void {
        this.all = this.all.map((one) => (one.id === id ? { ...one, ...part } : one));
        const changed = this.all.find((one) => one.id === id);
        if (changed) {
            this.save(changed);
        }
        this.list();
    }

    private save({ id, ...stored }: ScriptDocument): void {
        remember(`document.${id}`, JSON.stringify(stored));
    }

    private drop(id: string): void {
        forget(`document.${id}`);
        forget(`revisions.${id}`);
    }

    private list(): void {
        const listed: Listed = { ids: this.all.map(({ id }) => id), current: this.current.id };
        remember("documents", JSON.stringify(listed));
    }
}

function fresh(text: string, name: string): ScriptDocument {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36)).join("");
    return { id, name, text, arguments: [], original: text };
}

export const documents = new Documents();
