import { messageOf } from "../protocol/http";

/** What a page asks the server for, now and again: says in words why the last time failed. */
export class Attempt {
    failure = $state("");

    /** Whether the work came to its end. */
    async at(work: () => Promise<void>): Promise<boolean> {
        try {
            await work();
            this.failure = "";
            return true;
        } catch (error) {
            this.failure = messageOf(error);
            return false;
        }
    }
}
