package io.stapscope.debuginfo.demangle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes names as c++filt does. A type has a left and a right part, between which the name that is declared stands:
 * {@code void (*} and {@code )(int)}.
 */
final class NodePrinter {
    private static final int LONGEST = 1 << 15;
    private static final int MOST_STEPS = 200_000;
    private static final int DEEPEST = 400;

    private final StringBuilder out = new StringBuilder();
    private int element = -1;
    private int steps;
    private int depth;

    String text() {
        return out.toString();
    }

    void print(Node node) throws MangledException {
        left(node);
        right(node);
    }

    private void enter() throws MangledException {
        if (++steps > MOST_STEPS || ++depth > DEEPEST || out.length() > LONGEST) {
            throw new MangledException();
        }
    }

    private void left(Node node) throws MangledException {
        enter();
        switch (node) {
            case Node.Name(var text) -> out.append(text);
            case Node.Nested(var scope, var name) -> {
                print(scope);
                out.append("::");
                print(name);
            }
            case Node.Template template -> template(template);
            case Node.Tagged(var name, var tag) -> {
                print(name);
                out.append("[abi:").append(tag).append(']');
            }
            case Node.Structor(var ofClass, var mark) -> {
                out.append(mark);
                print(lastName(ofClass));
            }
            case Node.Conversion(var type) -> {
                out.append("operator ");
                print(type);
            }
            case Node.Lambda(var parameters, var number) -> {
                out.append("{lambda");
                parameters(parameters);
                out.append('#').append(number).append('}');
            }
            case Node.Typed(var name, var type) -> typed(name, type);
            case Node.Function function -> result(function);
            case Node.Qualified(var of, var qualifier) -> {
                left(of);
                boolean isTwice = chosen(of) instanceof Node.Qualified(var _, var inner) && inner.equals(qualifier);
                out.append(isTwice ? "" : qualifier);
            }
            case Node.Pointer pointer -> pointer(pointer);
            case Node.MemberPointer(var ofClass, var member) -> {
                openDeclarator(member);
                if (out.charAt(out.length() - 1) != '(') {
                    out.append(' ');
                }
                print(ofClass);
                out.append("::*");
            }
            case Node.Array(var item, var _) -> left(item);
            case Node.Joined(var parts) -> {
                for (var part : parts) {
                    print(part);
                }
            }
            case Node.Listing(var parts) -> list(parts);
            case Node.Pack(var elements) -> pack(elements);
            case Node.Expansion(var pattern) -> expand(pattern);
            case Node.PackSize(var of) -> out.append(Math.max(0, packSize(of)));
            case Node.Operand(var of) -> operand(of);
        }
        depth--;
    }

    private void right(Node node) throws MangledException {
        enter();
        switch (node) {
            case Node.Function function -> {
                parameters(function.parameters());
                out.append(function.qualifiers());
                var result = function.result();
                if (result != null) {
                    right(result);
                }
            }
            case Node.Qualified(var of, var _) -> right(of);
            case Node.Pointer pointer -> {
                var of = collapsed(pointer).of();
                closeDeclarator(of);
                right(of);
            }
            case Node.MemberPointer(var _, var member) -> {
                closeDeclarator(member);
                right(member);
            }
            case Node.Array(var item, var dimension) -> {
                if (out.charAt(out.length() - 1) != ']') {
                    out.append(' ');
                }
                out.append('[');
                print(dimension);
                out.append(']');
                right(item);
            }
            case Node.Pack(var elements)
            when isChosen(elements) -> {
                int outer = element;
                element = -1;
                right(elements.get(outer));
                element = outer;
            }
            case Node.Name _, Node.Nested _, Node.Template _, Node.Tagged _, Node.Structor _, Node.Conversion _ -> {}
            case Node.Lambda _, Node.Typed _, Node.Joined _, Node.Listing _, Node.Pack _, Node.Expansion _ -> {}
            case Node.PackSize _, Node.Operand _ -> {}
        }
        depth--;
    }

    private void template(Node.Template template) throws MangledException {
        print(template.name());
        out.append(last('<') ? " <" : "<");
        boolean endsWithNothing = list(template.arguments());
        out.append(last('>') && !endsWithNothing ? " >" : ">");
    }

    private boolean last(char wanted) {
        return !out.isEmpty() && out.charAt(out.length() - 1) == wanted;
    }

    private void typed(Node name, Node.Function type) throws MangledException {
        result(type);
        print(name);
        right(type);
    }

    private void result(Node.Function function) throws MangledException {
        var result = function.result();
        if (result != null) {
            left(result);
            if (!(shape(result) instanceof Node.Function)) {
                out.append(' ');
            }
        }
    }

    private void parameters(List<Node> parameters) throws MangledException {
        out.append('(');
        boolean isEmpty =
                parameters.size() == 1 && parameters.getFirst() instanceof Node.Name(var only) && only.equals("void");
        if (!isEmpty) {
            list(parameters);
        }
        out.append(')');
    }

    /** Whether the last part was empty and left out; c++filt writes no space behind such a list. */
    private boolean list(List<Node> parts) throws MangledException {
        int start = out.length();
        boolean endsWithNothing = false;
        for (var part : parts) {
            int before = out.length();
            if (before > start) {
                out.append(", ");
            }
            int after = out.length();
            print(part);
            endsWithNothing = out.length() == after && after > before;
            if (out.length() == after) {
                out.setLength(before);
            }
        }
        return endsWithNothing;
    }

    private boolean isChosen(List<Node> elements) {
        return element >= 0 && element < elements.size();
    }

    private void pack(List<Node> elements) throws MangledException {
        if (isChosen(elements)) {
            // Packs inside an element are complete.
            int outer = element;
            element = -1;
            left(elements.get(outer));
            element = outer;
        } else if (element < 0) {
            list(elements);
        }
    }

    private void expand(Node pattern) throws MangledException {
        int size = packSize(pattern);
        if (size < 0) {
            operand(pattern);
            out.append("...");
            return;
        }
        int outer = element;
        int start = out.length();
        for (element = 0; element < size; element++) {
            if (out.length() > start) {
                out.append(", ");
            }
            print(pattern);
        }
        element = outer;
    }

    /** Elements of the first pack of a pattern, -1 when it has none. */
    private int packSize(Node node) throws MangledException {
        enter();
        int size = -1;
        if (node instanceof Node.Pack(var elements)) {
            size = elements.size();
        } else {
            for (var inner : node.inner()) {
                size = size >= 0 ? size : packSize(inner);
            }
        }
        depth--;
        return size;
    }

    private void operand(Node of) throws MangledException {
        boolean isSimple = of instanceof Node.Name || of instanceof Node.Nested;
        if (isSimple) {
            print(of);
        } else {
            out.append('(');
            print(of);
            out.append(')');
        }
    }

    private void pointer(Node.Pointer pointer) throws MangledException {
        var collapsed = collapsed(pointer);
        openDeclarator(collapsed.of());
        out.append(collapsed.mark());
    }

    /** A reference to a reference is one: {@code &} wins over {@code &&}. */
    private Node.Pointer collapsed(Node.Pointer pointer) {
        var outer = pointer;
        while (!outer.mark().equals("*")
                && chosen(outer.of()) instanceof Node.Pointer inner
                && !inner.mark().equals("*")) {
            outer = inner.mark().equals("&") ? inner : new Node.Pointer(inner.of(), outer.mark());
        }
        return outer;
    }

    private Node chosen(Node node) {
        return node instanceof Node.Pack(var elements) && isChosen(elements) ? elements.get(element) : node;
    }

    /** What decides whether a pointer needs parentheses. */
    private @Nullable Node shape(Node node) {
        var inner = chosen(node);
        while (inner instanceof Node.Qualified(var of, var _)) {
            inner = chosen(of);
        }
        return inner;
    }

    private void openDeclarator(Node of) throws MangledException {
        left(of);
        var shape = shape(of);
        if (shape instanceof Node.Array) {
            out.append(" (");
        } else if (shape instanceof Node.Function) {
            out.append('(');
        }
    }

    private void closeDeclarator(Node of) {
        var shape = shape(of);
        if (shape instanceof Node.Array || shape instanceof Node.Function) {
            out.append(')');
        }
    }

    /** The name of a class without its scopes and arguments: what its constructors are called. */
    private static Node lastName(Node node) {
        var name = node;
        while (true) {
            switch (name) {
                case Node.Nested(var _, var inner) -> name = inner;
                case Node.Template(var inner, var _) -> name = inner;
                case Node.Tagged(var inner, var _) -> name = inner;
                case Node other -> {
                    return other;
                }
            }
        }
    }
}
