/** A moment as the value of a local date and time field, to the second. */
export function toLocal(t: number): string {
    const date = new Date(Math.round(t / 1000) * 1000);
    const pad = (value: number) => String(value).padStart(2, "0");
    const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** The moment a field names; null when it is empty or half typed. */
export function fromLocal(value: string): number | null {
    const t = new Date(value).getTime();
    return Number.isNaN(t) ? null : t;
}
