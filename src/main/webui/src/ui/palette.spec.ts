import { describe, expect, it } from "vitest";
import { match } from "./match";

const best = (question: string, ...texts: string[]) =>
    texts.filter((text) => match(text, question) >= 0).sort((a, b) => match(b, question) - match(a, question));

describe("the palette", () => {
    it("finds what has the letters in their order, the closest first", () => {
        expect(best("cap", "Compare p99", "Captures", "Doctor")).toEqual(["Captures", "Compare p99"]);
        expect(best("gbs", "Group by syscall", "Group by pid")).toEqual(["Group by syscall"]);
    });

    it("shows all without a question, and Chinese as it is written", () => {
        expect(best("", "a", "b")).toHaveLength(2);
        expect(best("采集", "采集记录", "环境检查")).toEqual(["采集记录"]);
    });
});
