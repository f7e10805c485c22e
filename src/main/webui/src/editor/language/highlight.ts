import { styleTags, tags } from "@lezer/highlight";

/** What the parts of a script are coloured as. */
export const highlighting = styleTags({
    "probe global private function if else for foreach in limit return delete while break continue next try catch":
        tags.keyword,
    "long string": tags.typeName,
    "LineComment BlockComment": tags.comment,
    "ConditionalOpen ConditionalOther ConditionalElse ConditionalWhole ConditionalClose EmbeddedC": tags.meta,
    String: tags.string,
    Number: tags.number,
    "PointName PointPattern": tags.tagName,
    "TargetVariable ScriptArgument TextArgument PrettyMark MemberName": tags.special(tags.variableName),
    "Call/Identifier FunctionName/... PrintValue PrintLine PrintFormat PrintDelimited": tags.standard(
        tags.function(tags.name),
    ),
    "MacroWord MacroName Define Cast Var Defined Entry EnumName UnaryAtOperator BinaryAtOperator": tags.standard(
        tags.function(tags.name),
    ),
    "StatisticOperator Variance HistLog HistLinear": tags.standard(tags.function(tags.name)),
    "AssignOperator LogicOr LogicAnd BitOr BitXor CompareOperator RegexOperator ShiftOperator": tags.operator,
    '+ - "*" "/" % "!" ~ & ? : = += ++ -- ->': tags.operator,
    "( ) [ ] { } , ; .": tags.punctuation,
});
