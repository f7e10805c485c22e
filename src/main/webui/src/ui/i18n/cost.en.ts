/** Hits and cost of probes. */
export const costEn = {
    "cost.tab": "Hits",
    "cost.table": "Hits and cost of each probe",
    "cost.none": "Hits and cost of each probe are shown here once a script has run.",
    "cost.line": "line",
    "cost.hits": "hits",
    "cost.lost.hint": "Events, updates and returns that its hits could not deliver",
    "cost.perHit": "per hit",
    "cost.perHit.hint": "Time that a hit takes; for timers, begin and end: of our own process",
    "cost.share": "CPU",
    "cost.share.hint": "Share of one CPU",
    "cost.estimated": "~ Several probes share a program, whose time is divided in proportion to their hits.",
    "cost.apart": "{n} more were lost that cannot be told apart by probe.",
    "cost.all": "Show all {n}",
    "cost.probe": "Probe of line {line}: {rate}, {perHit} per hit, {share} of a CPU",
    "cost.probe.chart": "Probe of line {line}: {rate}, {perHit} per hit, {share} of a CPU (show its chart)",
};
