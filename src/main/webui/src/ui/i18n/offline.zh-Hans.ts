import type { offlineEn } from "./offline.en";

export const offlineZhHans: Record<keyof typeof offlineEn, string> = {
    "offline.about": "整个采集都在此网页中：不会访问任何服务器。",
    "offline.open": "打开归档…",
    "offline.save": "保存归档",
    "offline.empty": "请选择一个采集的归档：即“导出：归档”生成的文件。",
    "offline.reading": "正在读取归档…",
    "offline.failed": "无法显示",
};
