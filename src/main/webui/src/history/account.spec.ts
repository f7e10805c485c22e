import { describe, expect, it } from "vitest";
import { reasonText } from "./account";

const say = (key: string) => `<${key}>`;

describe("the reasons why a capture is not complete", () => {
    it("have words and a formatted number", () => {
        expect(reasonText("lost_events=12000", say, (n) => n.toLocaleString("en"))).toEqual({
            text: "<loss.events>",
            count: "12,000",
        });
    });

    it("say that nobody can tell how much", () => {
        expect(reasonText("gap_service_ended=?", say, String)).toEqual({ text: "<gap.serviceEnded>", count: "?" });
    });

    it("keep the name of a balance that does not come out", () => {
        expect(reasonText("balance_windows_lat=-3", say, String)).toEqual({ text: "balance windows lat", count: "-3" });
    });
});
