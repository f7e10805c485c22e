import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CheckAnswer } from "../protocol/http";
import { Checker } from "./checker";

const answerTo = (script: string) => ({ ok: true, script }) as unknown as CheckAnswer;

describe("Checker", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it("asks once after a pause in typing, about the last text", async () => {
        const asked: string[] = [];
        const checker = new Checker(
            () => undefined,
            () => undefined,
            (script) => (asked.push(script), Promise.resolve(answerTo(script))),
        );
        for (const script of ["p", "pr", "pro"]) {
            checker.schedule(script, undefined);
            await vi.advanceTimersByTimeAsync(100);
        }
        await vi.advanceTimersByTimeAsync(250);
        expect(asked).toEqual(["pro"]);
    });

    it("never delivers the answer to an older text", async () => {
        const delivered: unknown[] = [];
        const pending: (() => void)[] = [];
        const checker = new Checker(
            (answer) => delivered.push(answer),
            (error) => delivered.push(error),
            (script) => new Promise((resolve) => pending.push(() => resolve(answerTo(script)))),
        );
        checker.schedule("old", undefined);
        await vi.advanceTimersByTimeAsync(250);
        checker.schedule("new", undefined);
        await vi.advanceTimersByTimeAsync(250);
        pending.reverse().forEach((resolve) => resolve());
        await vi.advanceTimersByTimeAsync(0);
        expect(delivered).toEqual([answerTo("new")]);
    });
});
