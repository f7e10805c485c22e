import { describe, expect, it } from "vitest";
import { patternOf, probeAt, withProbe } from "./point";

describe("a point", () => {
    it("is looked for by its beginning, or as the pattern that it is", () => {
        expect(patternOf(" process.sys ")).toBe("process.sys**");
        expect(patternOf("syscall.*.return")).toBe("syscall.*.return");
        expect(patternOf('process("/bin/ls").function("main")')).toBe('process("/bin/ls").function("main")');
        expect(patternOf("")).toBe("**");
    });

    it("comes into a script behind what is there", () => {
        const probe = probeAt("syscall.read", ["fd", "$count", "$$vars", "buf"]);
        expect(probe).toBe('probe syscall.read {\n    println(execname(), " ", fd, " ", $count, " ", buf)\n}\n');
        expect(withProbe("\n", probe)).toBe(probe);
        expect(withProbe("global a\n\n", probe)).toBe(`global a\n\n${probe}`);
        expect(probeAt("begin", [])).toBe("probe begin {\n    println(execname())\n}\n");
    });
});
