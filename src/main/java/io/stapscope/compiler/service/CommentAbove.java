package io.stapscope.compiler.service;

import io.stapscope.compiler.source.Span;
import java.util.ArrayDeque;
import java.util.Deque;

/** The comment that stands directly above a declaration: its documentation. */
final class CommentAbove {
    private CommentAbove() {}

    static String of(Span declaration) {
        var text = declaration.source().text();
        var before = text.substring(0, text.lastIndexOf('\n', Math.max(0, declaration.start() - 1)) + 1);
        Deque<String> lines = new ArrayDeque<>();
        boolean block = false;
        for (var line : before.lines().toList().reversed()) {
            var trimmed = line.strip();
            block |= trimmed.endsWith("*/");
            if (!block && !trimmed.startsWith("//") && !trimmed.startsWith("#")) {
                break;
            }
            lines.push(trimmed.replaceFirst("^(//+|#+|/\\*+|\\*+(?!/))\\s?", "").replaceFirst("\\s*\\*+/$", ""));
            block &= !trimmed.startsWith("/*");
        }
        return String.join("\n", lines).strip();
    }
}
