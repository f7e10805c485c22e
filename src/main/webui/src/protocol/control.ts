import type { Facet, Run } from "./model";

/** Text messages of the stream. */
export type ClientMessage =
    | {
          readonly type: "hello";
          readonly resume: { readonly seq: number } | null;
          readonly facet: Facet;
          readonly kept: readonly KeptSeries[];
      }
    | { readonly type: "view"; readonly facet: Facet }
    | { readonly type: "ack"; readonly seq: number; readonly frames: number }
    | { readonly type: "pause" }
    | { readonly type: "live"; readonly kept: readonly KeptSeries[] };

/** A series that the page wants to hear of, also when it is silent. */
export interface KeptSeries {
    readonly agg: number;
    readonly series: number;
}

export type ServerMessage =
    | { readonly type: "welcome"; readonly run: Run; readonly seq: number; readonly intervalMillis: number }
    | { readonly type: "closed"; readonly run: Run; readonly seq: number };

/** Decodes one text message; null for a type this page does not know. */
export function decodeControl(text: string): ServerMessage | null {
    const message = JSON.parse(text) as ServerMessage;
    return message.type === "welcome" || message.type === "closed" ? message : null;
}
