import { get, send } from "../protocol/http";

/** What running captures of a name are watched for. */
export interface Rule {
    readonly id: number;
    readonly name: string;
    readonly captureName: string;
    readonly aggregate: string;
    /** Null watches the values per second. */
    readonly quantile: number | null;
    readonly threshold: number;
    readonly forSeconds: number;
    readonly webhook: string | null;
    readonly enabled: boolean;
}

/** A time in which a rule held; it goes on while its end is null. */
export interface Alert {
    readonly id: number;
    readonly ruleId: number;
    readonly rule: string;
    readonly measure: string;
    readonly aggregate: string;
    readonly quantile: number | null;
    readonly threshold: number;
    readonly capture: string;
    readonly beganAt: number;
    readonly endedAt: number | null;
    readonly worst: number;
    /** What came of telling the webhook. */
    readonly told: string | null;
}

export type NewRule = Omit<Rule, "id">;

export const alertsApi = {
    alerts: () => get<{ alerts: readonly Alert[] }>("/alerts", { limit: 100 }),
    rules: () => get<{ rules: readonly Rule[] }>("/alerts/rules"),
    add: (rule: NewRule) => send<Rule>("POST", "/alerts/rules", rule),
    enable: (id: number, enabled: boolean) => send<undefined>("PUT", `/alerts/rules/${id}`, { enabled }),
    remove: (id: number) => send<undefined>("DELETE", `/alerts/rules/${id}`),
};
