import type { LRParser } from "@lezer/lr";
import type { Machine } from "./condition";
import { preprocessing, preprocessingFor } from "./preprocessor";
import { parser } from "./probe.grammar";

export const probeParser: LRParser = parser;

/** Reads the branches of conditionals that this machine takes. */
export function parserFor(machine: Machine): LRParser {
    return parser.configure({ tokenizers: [{ from: preprocessing, to: preprocessingFor(machine) }] });
}
