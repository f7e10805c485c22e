package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.ProbeSymbol;
import io.stapscope.compiler.analysis.TreeWalk;
import io.stapscope.compiler.probe.NoContext;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.host.Host;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.CType.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of what stands before an arrow. */
final class Members {
    private final String text;
    private final Host host;

    Members(String text, Host host) {
        this.text = text;
        this.host = host;
    }

    /** @param start where the word behind the arrow begins */
    List<Member> behind(int start, Enclosing enclosing) {
        int arrow = text.lastIndexOf("->", start);
        int end = text.substring(0, arrow).stripTrailing().length();
        var type = type(text.substring(0, end) + " " + text.substring(wordEnd(start)), end, enclosing);
        if (type == null) {
            // The statement is broken behind the cursor: its beginning alone is not.
            int begin = statement(end, enclosing);
            var header = text.substring(enclosing.start(), enclosing.body());
            var head = header + "{ x = ";
            type = type(
                    head + text.substring(begin, end) + " }",
                    head.length() + end - begin,
                    new Enclosing(enclosing.keyword(), 0, header.length()));
        }
        var struct = type instanceof CType.Pointer pointer ? pointer.target() : type;
        return struct instanceof CType.Struct known ? known.flattened() : List.of();
    }

    /** The type of the expression that ends at a place of a script. */
    private @Nullable CType type(String script, int end, Enclosing enclosing) {
        var model = ScriptModel.of(script, host);
        for (var probe : model.probes(enclosing)) {
            var node = ending(probe, end);
            var typed = node == null ? null : model.symbols().cTypes().of(node, probe.scope(), probe.context());
            if (typed != null) {
                return typed.type();
            }
        }
        for (var function : model.symbols().functions()) {
            var node = ending(function.declaration().body(), end);
            var typed = node == null ? null : model.symbols().cTypes().of(node, function.scope(), NoContext.INSTANCE);
            if (typed != null) {
                return typed.type();
            }
        }
        return null;
    }

    private static @Nullable ExpressionNode ending(ProbeSymbol probe, int end) {
        return ending(probe.declaration().body(), end);
    }

    /** The innermost expression whose last character stands before {@code end} and that can have members. */
    private static @Nullable ExpressionNode ending(StatementNode.Block body, int end) {
        var found = new ArrayList<ExpressionNode>();
        TreeWalk.expressions(body, node -> {
            boolean memory =
                    switch (node) {
                        case ExpressionNode.Variable _,
                                ExpressionNode.Element _,
                                ExpressionNode.TargetVariable _,
                                ExpressionNode.Access _,
                                ExpressionNode.Cast _,
                                ExpressionNode.Call _ -> true;
                        case ExpressionNode.NumberLiteral _,
                                ExpressionNode.StringLiteral _,
                                ExpressionNode.Print _,
                                ExpressionNode.AddressOf _,
                                ExpressionNode.GlobalVariable _,
                                ExpressionNode.Defined _,
                                ExpressionNode.Entry _,
                                ExpressionNode.AtOperation _,
                                ExpressionNode.Extract _,
                                ExpressionNode.Histogram _,
                                ExpressionNode.Bucket _,
                                ExpressionNode.Unary _,
                                ExpressionNode.Step _,
                                ExpressionNode.Binary _,
                                ExpressionNode.RegexMatch _,
                                ExpressionNode.Contains _,
                                ExpressionNode.Conditional _,
                                ExpressionNode.Assign _ -> false;
                    };
            if (memory && node.span().end() == end) {
                found.add(node);
            }
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && PartReader.isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the expression begins that ends at a place: behind the last sign that cannot be inside of it. */
    private int statement(int end, Enclosing enclosing) {
        int depth = 0;
        for (int i = end - 1; i > enclosing.body(); i--) {
            char c = text.charAt(i);
            depth += c == ')' || c == ']' ? 1 : 0;
            if (c == '(' || c == '[') {
                depth--;
            }
            boolean arrow = c == '>' && text.charAt(i - 1) == '-';
            boolean part = PartReader.isWord(c) || Character.isDigit(c) || c == '@' || arrow;
            boolean line = c == '-' && text.charAt(i + 1) == '>';
            if (depth < 0 || (depth == 0 && !part && !line && "()[]".indexOf(c) < 0)) {
                return i + 1;
            }
        }
        return enclosing.body() + 1;
    }
}
