package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads expressions, which arguments of templates and types can depend on. */
final class ExpressionParser {
    private static final Map<String, String> CASTS =
            Map.of("dc", "dynamic_cast", "sc", "static_cast", "cc", "const_cast", "rc", "reinterpret_cast");
    private static final Map<String, String> OF_TYPES = Map.of("st", "sizeof ", "at", "alignof ", "ti", "typeid ");
    /** What stands behind numbers of these types; numbers of other types stand behind the type. */
    private static final Map<String, String> SUFFIXES = Map.of(
            "int",
            "",
            "unsigned int",
            "u",
            "long",
            "l",
            "unsigned long",
            "ul",
            "long long",
            "ll",
            "unsigned long long",
            "ull");

    private final Mangled in;
    private final TypeParser types;
    private final NameParser names;
    private final EncodingParser encodings;

    ExpressionParser(Mangled in, TypeParser types, NameParser names, EncodingParser encodings) {
        this.in = in;
        this.types = types;
        this.names = names;
        this.encodings = encodings;
    }

    Node expression() throws MangledException {
        in.enter();
        var found = read();
        in.leave();
        return found;
    }

    private static Node text(String text) {
        return new Node.Name(text);
    }

    private Node read() throws MangledException {
        if (in.peek() == 'L') {
            return literal();
        }
        if (in.peek() == 'T') {
            return types.parameter();
        }
        if (in.atDigit()) {
            return applied(names.source());
        }
        if (in.take("fp")) {
            return functionParameter();
        }
        if (in.take("sr")) {
            return scoped();
        }
        if (in.take("on")) {
            return applied(names.operator(null));
        }
        if (in.take("sp")) {
            return new Node.Expansion(expression());
        }
        if (in.take("sZ")) {
            return new Node.PackSize(in.peek() == 'T' ? types.parameter() : expression());
        }
        if (in.take("il")) {
            return braces(text(""));
        }
        if (in.take("tl")) {
            return braces(types.type());
        }
        return operation("" + in.next() + in.next());
    }

    /** {@code T::name}, or several scopes up to {@code E} and the name behind it. */
    private Node scoped() throws MangledException {
        if (!in.take("N") && !in.atDigit()) {
            var scope = types.type();
            return applied(new Node.Nested(scope, names.unqualified(null, null)));
        }
        Node scope = in.atDigit() ? applied(names.source()) : types.type();
        while (in.atDigit()) {
            scope = applied(new Node.Nested(scope, names.source()));
        }
        boolean hasNameBehind = in.peek() == 'E' && in.peek(1) >= '0' && in.peek(1) <= '9';
        if (hasNameBehind) {
            in.expect("E");
            scope = applied(new Node.Nested(scope, names.source()));
        }
        return scope;
    }

    private Node applied(Node name) throws MangledException {
        var arguments = names.optionalArguments();
        return arguments.isEmpty() ? name : new Node.Template(name, arguments);
    }

    private Node braces(Node type) throws MangledException {
        var parts = EncodingParser.until(in, this::expression);
        return Node.Joined.of(type, text("{"), new Node.Listing(parts), text("}"));
    }

    private Node functionParameter() throws MangledException {
        if (in.take("T")) {
            return text("this");
        }
        types.qualifiers();
        return text("{parm#" + (in.ordinal() + 1) + "}");
    }

    private Node operation(String code) throws MangledException {
        var cast = CASTS.get(code);
        if (cast != null) {
            var type = types.type();
            return Node.Joined.of(text(cast + "<"), type, text(">("), expression(), text(")"));
        }
        var ofType = OF_TYPES.get(code);
        if (ofType != null) {
            return Node.Joined.of(text(ofType + "("), types.type(), text(")"));
        }
        return switch (code) {
            case "cv" -> conversion();
            case "cl" -> call();
            case "gs" -> Node.Joined.of(text("::"), expression());
            case "dt", "pt" -> {
                var object = new Node.Operand(expression());
                Node member = in.atDigit() || in.peek() == 'L' ? applied(names.unqualified(null, null)) : expression();
                yield Node.Joined.of(object, text(code.equals("dt") ? "." : "->"), new Node.Operand(member));
            }
            case "ix" -> Node.Joined.of(new Node.Operand(expression()), text("["), expression(), text("]"));
            case "qu" ->
                Node.Joined.of(
                        new Node.Operand(expression()),
                        text("?"),
                        new Node.Operand(expression()),
                        text(" : "),
                        new Node.Operand(expression()));
            case "nx" -> Node.Joined.of(text("noexcept("), expression(), text(")"));
            case "sz" -> Node.Joined.of(text("sizeof "), new Node.Operand(expression()));
            case "fl", "fr", "fL", "fR" -> fold(code);
            default -> plain(Operators.find(code));
        };
    }

    private Node plain(Operators.Operator operator) throws MangledException {
        if (operator.operands() == 1) {
            boolean isPrefix = in.take("_");
            var operand = expression();
            if ((operator.code().equals("pp") || operator.code().equals("mm")) && !isPrefix) {
                return Node.Joined.of(new Node.Operand(operand), text(operator.text()));
            }
            boolean isAddress = operator.code().equals("ad") && operand instanceof Node.Typed(Node.Nested _, var _);
            Node shown = isAddress && operand instanceof Node.Typed(var name, var _) ? name : operand;
            return Node.Joined.of(text(operator.text()), new Node.Operand(shown));
        }
        if (operator.operands() != 2) {
            throw new MangledException();
        }
        var left = new Node.Operand(expression());
        var both = Node.Joined.of(left, text(operator.text()), new Node.Operand(expression()));
        return operator.code().equals("gt") ? Node.Joined.of(text("("), both, text(")")) : both;
    }

    private Node fold(String code) throws MangledException {
        var operator = Operators.find("" + in.next() + in.next());
        var first = new Node.Operand(expression());
        var word = text(operator.text());
        return switch (code) {
            case "fl" -> Node.Joined.of(text("(..."), word, first, text(")"));
            case "fr" -> Node.Joined.of(text("("), first, word, text("...)"));
            default ->
                Node.Joined.of(text("("), first, word, text("..."), word, new Node.Operand(expression()), text(")"));
        };
    }

    private Node conversion() throws MangledException {
        var type = types.type();
        Node of = in.take("_") ? new Node.Listing(EncodingParser.until(in, this::expression)) : expression();
        return Node.Joined.of(text("("), type, text(")"), new Node.Operand(of));
    }

    private Node call() throws MangledException {
        var called = expression();
        List<Node> arguments = new ArrayList<>(EncodingParser.until(in, this::expression));
        // The types of a function that is named are not told again.
        Node name = called instanceof Node.Typed(var inner, var _) ? inner : called;
        return Node.Joined.of(new Node.Operand(name), text("("), new Node.Listing(arguments), text(")"));
    }

    Node literal() throws MangledException {
        in.expect("L");
        if (in.take("_Z")) {
            var named = encodings.encoding();
            in.expect("E");
            return named;
        }
        var type = types.type();
        boolean isNegative = in.take("n");
        var digits = in.textUntil('E');
        in.expect("E");
        var value = (isNegative ? "-" : "") + digits;
        if (type instanceof Node.Name(var name)) {
            var suffix = SUFFIXES.get(name);
            if (suffix != null) {
                return Node.Joined.of(text(value + suffix));
            }
            if (name.equals("bool") && (value.equals("0") || value.equals("1"))) {
                return Node.Joined.of(text(value.equals("1") ? "true" : "false"));
            }
            if (name.equals("float") || name.equals("double") || name.equals("long double")) {
                value = "[" + value + "]";
            }
        }
        return Node.Joined.of(text("("), type, text(")" + value));
    }
}
