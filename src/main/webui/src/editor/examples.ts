import type { MessageKey } from "../ui/i18n/en";

export interface Example {
    readonly title: MessageKey;
    readonly description: MessageKey;
    readonly script: string;
}

/** The scripts a newcomer starts from: the classic process and syscall probes, then distributions. */
export const EXAMPLES: readonly Example[] = [
    {
        title: "example.latency.title",
        description: "example.latency.text",
        script: `// Latency of every system call, by process and call.
global latency

probe process.syscall.return {
    latency[pid(), $syscall] <<<
        gettimeofday_ns() - @entry(gettimeofday_ns())
}
`,
    },
    {
        title: "example.bytes.title",
        description: "example.bytes.text",
        script: `// Bytes that read(2) returned, by process. Errors are negative: -11 is EAGAIN.
global bytes

probe process.syscall.return {
    if ($syscall == 0) {
        bytes[pid()] <<< $return
    }
}
`,
    },
    {
        title: "example.count.title",
        description: "example.count.text",
        script: `// How often each program enters the kernel.
global calls

probe process.syscall {
    calls[execname()] <<< 1
}
`,
    },
    {
        title: "example.begin.title",
        description: "example.begin.text",
        script: `probe process.begin {
    printf("%s, %s, %d, %d\\n", execname(), pp(), pid(), cpu())
}
`,
    },
    {
        title: "example.end.title",
        description: "example.end.text",
        script: `probe process.end {
    printf("%s, %s, %d, %d\\n", execname(), pp(), pid(), cpu())
}
`,
    },
    {
        title: "example.syscall.title",
        description: "example.syscall.text",
        script: `probe process.syscall {
    printf("%s, %d, %s, %d, %d, %d\\n", execname(), $syscall, pp(), pid(), cpu(), $arg1)
}

probe timer.s(1) {
    exit()
}
`,
    },
    {
        title: "example.return.title",
        description: "example.return.text",
        script: `probe process.syscall.return {
    printf("%s, %d, %s, %d, %d, %d\\n", execname(), $syscall, pp(), pid(), cpu(), $return)
}

probe timer.s(1) {
    exit()
}
`,
    },
];

export const FIRST_SCRIPT = EXAMPLES[0]?.script ?? "";
