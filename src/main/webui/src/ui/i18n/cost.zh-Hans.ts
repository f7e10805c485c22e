import type { costEn } from "./cost.en";

export const costZhHans: Record<keyof typeof costEn, string> = {
    "cost.tab": "命中",
    "cost.table": "各探针的命中次数与开销",
    "cost.none": "脚本运行后，此处显示各探针的命中次数与开销。",
    "cost.line": "行",
    "cost.hits": "命中次数",
    "cost.lost.hint": "其命中未能送达的事件、更新与返回",
    "cost.perHit": "每次命中",
    "cost.perHit.hint": "一次命中所需的时间；对于定时器、begin 与 end，为本进程的时间",
    "cost.share": "CPU 占比",
    "cost.share.hint": "占一个 CPU 的比例",
    "cost.estimated": "~ 多个探针共用一个程序，其时间按命中次数的比例分摊。",
    "cost.apart": "另有 {n} 项丢失，无法按探针区分。",
    "cost.all": "显示全部 {n} 项",
    "cost.probe": "第 {line} 行的探针：{rate}，每次命中 {perHit}，占一个 CPU 的 {share}",
    "cost.probe.chart": "第 {line} 行的探针：{rate}，每次命中 {perHit}，占一个 CPU 的 {share}（显示图表）",
};
