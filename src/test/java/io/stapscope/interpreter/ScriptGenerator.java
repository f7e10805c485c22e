package io.stapscope.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random scripts that are well typed and end. The same seed gives the same script whatever its names begin with, so that
 * one script can hold two of them that must agree.
 */
public final class ScriptGenerator {
    private static final int DEPTH = 3;
    private static final int LOCALS = 3;

    private final Random random;
    private final String prefix;
    private final String tag;
    private final String firstStatement;
    private final String target;
    private final StringBuilder text = new StringBuilder();
    private final List<Boolean> textFunctions = new ArrayList<>();
    private int functions;
    private boolean inFunction;
    private boolean givesText;
    private boolean atReturn;
    private boolean usesEntry;
    private int loops;
    private int nesting;

    /**
     * @param prefix of all names
     * @param tag begins every printed line
     * @param firstStatement begins every handler, "" for none
     * @param target what the probe points watch: {@code process("...")}
     */
    public ScriptGenerator(long seed, String prefix, String tag, String firstStatement, String target) {
        this.random = new Random(seed);
        this.prefix = prefix;
        this.tag = tag;
        this.firstStatement = firstStatement;
        this.target = target;
    }

    /** A whole script: globals, functions, handlers. */
    public String script() {
        line("global " + g("n0") + ", " + g("n1") + " = " + random.nextInt(100) + ", " + g("s0") + " = \"x\", "
                + g("s1"));
        line("global " + g("aL") + "[" + capacity() + "], " + g("aS") + "[" + capacity() + "], " + g("aM") + "["
                + capacity() + "], " + g("aT") + "[" + capacity() + "]");
        line("global " + g("t0") + ", " + g("t1") + "[200], " + g("t2") + "[200]");
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            function();
        }
        int handlers = 1 + random.nextInt(3);
        for (int i = 0; i < handlers; i++) {
            handler();
        }
        // Every global is written with its type, so that each has one.
        line("probe never { " + g("n0") + " = 1 " + g("n1") + " = 1 " + g("s0") + " = \"\" " + g("s1") + " = \"\" "
                + g("aL") + "[1] = 1 " + g("aS") + "[\"k\"] = 1 " + g("aM") + "[1, \"k\"] = 1 " + g("aT")
                + "[1] = \"t\" " + g("t0") + " <<< 1 " + g("t1") + "[1] <<< 1 " + g("t2") + "[\"k\", 1] <<< 1 }");
        return text.toString();
    }

    private int capacity() {
        return pick(2, 8, 50, 200);
    }

    private String g(String name) {
        return prefix + name;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private int pick(int... from) {
        return from[random.nextInt(from.length)];
    }

    @SafeVarargs
    private String oneOf(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private void function() {
        boolean isText = random.nextBoolean();
        int id = functions;
        inFunction = true;
        givesText = isText;
        line("function " + g("f" + id) + ":" + (isText ? "string" : "long") + " (l0:long, v0:string) {");
        locals(1);
        block(2);
        line("return " + (isText ? string(2) : number(2)));
        line("}");
        inFunction = false;
        textFunctions.add(isText);
        functions++;
    }

    private void handler() {
        atReturn = random.nextBoolean();
        usesEntry = atReturn && random.nextBoolean();
        line("probe " + target + (atReturn ? ".syscall.return" : ".syscall") + " {");
        line(firstStatement);
        line("if ($syscall == 110) {");
        locals(0);
        block(4);
        line("}");
        line("}");
    }

    private void locals(int from) {
        for (int i = from; i < LOCALS; i++) {
            // First by a literal: that gives it its type, whatever it is used for.
            line("l" + i + " = " + i);
            line("v" + i + " = \"" + i + "\"");
        }
        for (int i = from; i < LOCALS; i++) {
            line("l" + i + " = " + number(1));
            line("v" + i + " = " + string(1));
        }
    }

    private void block(int most) {
        int count = 1 + random.nextInt(most);
        nesting++;
        for (int i = 0; i < count; i++) {
            statement();
        }
        nesting--;
    }

    private void statement() {
        switch (random.nextInt(nesting > 3 ? 12 : 18)) {
            case 0 -> line(local() + " = " + number(DEPTH));
            case 1 -> line(textLocal() + " = " + string(DEPTH));
            case 2 -> line(scalar() + " = " + number(DEPTH));
            case 3 -> line(scalar() + oneOf(() -> "++", () -> "--"));
            case 4 -> line(g("s" + random.nextInt(2)) + " = " + string(DEPTH));
            case 5 -> line(element() + " = " + number(DEPTH));
            case 6 -> line(element() + oneOf(() -> "++", () -> " += " + number(2), () -> "--"));
            case 7 -> line(g("aT") + "[" + number(1) + "] = " + string(2));
            case 8 -> line(g("t0") + " <<< " + number(2));
            case 9 ->
                line(oneOf(
                                () -> g("t1") + "[" + smallNumber() + "]",
                                () -> g("t2") + "[" + string(1) + ", " + smallNumber() + "]")
                        + " <<< " + number(2));
            case 10 -> line(scalar() + " += " + number(2));
            case 11 -> print();
            case 12, 13 -> {
                line("if (" + condition(2) + ") {");
                block(2);
                line("} else {");
                block(2);
                line("}");
            }
            case 14 -> loop();
            case 15 -> line("delete " + oneOf(this::element, () -> g("aT") + "[" + number(1) + "]"));
            case 16 -> attempt();
            default -> line("if (" + condition(1) + ") " + leave());
        }
    }

    private String leave() {
        return inFunction ? "return " + (givesText ? string(1) : number(1)) : "next";
    }

    private void attempt() {
        line("try {");
        block(2);
        line("} catch (m" + nesting + ") {");
        line(scalar() + "++");
        line("}");
    }

    private void loop() {
        var counter = "i" + loops++;
        line("for (" + counter + " = 0; " + counter + " < " + (1 + random.nextInt(3)) + "; " + counter + "++) {");
        block(2);
        if (random.nextInt(3) == 0) {
            line("if (" + condition(1) + ") " + (random.nextBoolean() ? "break" : "continue"));
        }
        line("}");
    }

    private void print() {
        line("printf(\"" + tag + " %d %s %x\\n\", " + number(2) + ", " + string(2) + ", " + number(1) + ")");
    }

    private String local() {
        return "l" + random.nextInt(LOCALS);
    }

    private String textLocal() {
        return "v" + random.nextInt(LOCALS);
    }

    private String scalar() {
        return g("n" + random.nextInt(2));
    }

    private String smallNumber() {
        return "(" + number(1) + " & " + pick(1, 3, 15) + ")";
    }

    /** An element of an array of numbers. */
    private String element() {
        return oneOf(
                () -> g("aL") + "[" + smallNumber() + "]",
                () -> g("aS") + "[" + string(1) + "]",
                () -> g("aM") + "[" + smallNumber() + ", " + string(1) + "]");
    }

    private String membership() {
        return oneOf(
                () -> "([" + smallNumber() + "] in " + g("aL") + ")",
                () -> "([" + string(1) + "] in " + g("aS") + ")",
                () -> "([" + number(1) + ", " + string(1) + "] in " + g("aM") + ")");
    }

    private String condition(int depth) {
        return oneOf(
                () -> number(depth) + oneOf(() -> " < ", () -> " == ", () -> " >= ", () -> " != ") + number(depth),
                () -> string(depth) + oneOf(() -> " < ", () -> " == ", () -> " >= ", () -> " != ") + string(depth),
                this::membership,
                () -> number(depth));
    }

    private String number(int depth) {
        return depth <= 0 || random.nextInt(4) == 0
                ? numberLeaf()
                : switch (random.nextInt(11)) {
                    case 0, 1, 2 ->
                        "(" + number(depth - 1)
                                + oneOf(() -> " + ", () -> " - ", () -> " * ", () -> " & ", () -> " | ", () -> " ^ ")
                                + number(depth - 1) + ")";
                    case 3 -> "(" + number(depth - 1) + oneOf(() -> " / ", () -> " % ") + number(depth - 1) + ")";
                    case 4 ->
                        "(" + number(depth - 1) + oneOf(() -> " << ", () -> " >> ", () -> " >>> ") + smallNumber()
                                + ")";
                    case 5 -> "(" + oneOf(() -> "-", () -> "!", () -> "~") + number(depth - 1) + ")";
                    case 6 -> "(" + condition(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")";
                    case 7 ->
                        "(" + condition(depth - 1) + oneOf(() -> " && ", () -> " || ") + condition(depth - 1) + ")";
                    case 8 -> "strlen(" + string(depth - 1) + ")";
                    case 9 -> call(false, depth);
                    default -> oneOf(this::element, this::membership);
                };
    }

    private String numberLeaf() {
        return oneOf(
                () -> Integer.toString(pick(0, 1, 2, 3, 7, 100, 65_536, Integer.MAX_VALUE)),
                () -> "0x7fffffffffffffff",
                this::local,
                this::scalar,
                () -> oneOf(() -> "tid()", () -> "pid()", () -> "uid()", () -> "cpu()"),
                () -> inFunction ? local() : usesEntry ? "@entry($arg" + (1 + random.nextInt(6)) + ")" : context());
    }

    private String context() {
        return oneOf(
                () -> "$syscall",
                () -> atReturn ? "$return" : "$arg" + (1 + random.nextInt(6)),
                () -> atReturn ? "$return" : "$arg1");
    }

    private String string(int depth) {
        return depth <= 0 || random.nextInt(3) == 0
                ? textLeaf()
                : switch (random.nextInt(7)) {
                    case 0, 1 -> "(" + string(depth - 1) + " . " + string(depth - 1) + ")";
                    case 2 -> "substr(" + string(depth - 1) + ", " + smallNumber() + ", " + smallNumber() + ")";
                    case 3 -> "(" + condition(depth - 1) + " ? " + string(depth - 1) + " : " + string(depth - 1) + ")";
                    case 4 ->
                        "sprintf(\"" + oneOf(() -> "%d", () -> "%x", () -> "<%d>") + "/%s\", " + number(depth - 1)
                                + ", " + string(depth - 1) + ")";
                    case 5 -> call(true, depth);
                    default -> g("aT") + "[" + number(depth - 1) + "]";
                };
    }

    private String textLeaf() {
        return oneOf(
                () -> "\"" + "abcdefghijklmnopqrstuvwxyz".substring(random.nextInt(26)) + "\"",
                () -> "\"\"",
                this::textLocal,
                () -> g("s" + random.nextInt(2)),
                () -> "execname()");
    }

    private String call(boolean isText, int depth) {
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < functions; i++) {
            if (textFunctions.get(i) == isText) {
                fitting.add(i);
            }
        }
        if (fitting.isEmpty()) {
            return isText ? textLeaf() : numberLeaf();
        }
        int id = fitting.get(random.nextInt(fitting.size()));
        return g("f" + id) + "(" + number(depth - 1) + ", " + string(depth - 1) + ")";
    }
}
