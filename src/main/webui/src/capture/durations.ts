import { t } from "../ui/i18n/i18n.svelte";

/** How long a run may be asked to go on, in seconds; 0 is until somebody stops it. */
export const DURATIONS = [0, 10, 30, 60, 300, 600, 3600] as const;

export function durationText(seconds: number): string {
    if (seconds === 0) {
        return t("duration.open");
    }
    return seconds < 60 ? t("duration.seconds", { n: seconds }) : t("duration.minutes", { n: seconds / 60 });
}
