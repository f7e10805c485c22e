/** A moment that the bar of time points out. */
export interface Mark {
    readonly t: number;
    readonly text: string;
    readonly alert: boolean;
}
