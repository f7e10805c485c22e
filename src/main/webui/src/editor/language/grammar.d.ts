declare module "*.grammar" {
    import type { LRParser } from "@lezer/lr";
    export const parser: LRParser;
}

declare module "*.grammar.terms" {
    export const String: number;
    export const Number: number;
    export const Identifier: number;
    export const AtWord: number;
    export const PointName: number;
    export const PointPattern: number;
    export const MemberName: number;
    export const MacroName: number;
    export const ConditionalOpen: number;
    export const ConditionalOther: number;
    export const ConditionalElse: number;
    export const ConditionalWhole: number;
    export const ConditionalClose: number;
    export const MacroOpen: number;
    export const MacroMark: number;
    export const MacroClose: number;
    export const EmbeddedC: number;
    export const semicolonBeforeElse: number;
}
