package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads names of functions, classes and variables, with the places they are declared in. */
final class NameParser {
    private static final String CHARACTERS = "char, std::char_traits<char>";
    private static final Map<Character, String> STANDARD = Map.of(
            'a', "std::allocator",
            'b', "std::basic_string",
            's', "std::basic_string<" + CHARACTERS + ", std::allocator<char> >",
            'i', "std::basic_istream<" + CHARACTERS + " >",
            'o', "std::basic_ostream<" + CHARACTERS + " >",
            'd', "std::basic_iostream<" + CHARACTERS + " >");

    private final Mangled in;
    private final TypeParser types;
    private final EncodingParser encodings;

    /** What the reading of a name of a function has found out besides. */
    private static final class State {
        boolean endsWithArguments;
        boolean isStructor;
        String qualifiers = "";
    }

    /** @param hasResult whether what the function returns is part of its name */
    record Found(Node node, boolean hasResult, String qualifiers) {}

    NameParser(Mangled in, TypeParser types, EncodingParser encodings) {
        this.in = in;
        this.types = types;
        this.encodings = encodings;
    }

    /** The name of a function or variable, whose template arguments its parameters refer to. */
    Found encodingName() throws MangledException {
        var state = new State();
        var node = name(state);
        return new Found(node, state.endsWithArguments && !state.isStructor, state.qualifiers);
    }

    Node name() throws MangledException {
        return name(null);
    }

    private Node name(@Nullable State state) throws MangledException {
        in.enter();
        Node found;
        if (in.take("N")) {
            found = nested(state);
        } else if (in.take("Z")) {
            found = local(state);
        } else if (in.peek() == 'S' && in.peek(1) != 't') {
            found = arguments(substitution(), state);
        } else {
            Node plain = in.take("St")
                    ? new Node.Nested(new Node.Name("std"), unqualified(null, state))
                    : unqualified(null, state);
            if (in.peek() == 'I') {
                found = arguments(in.remember(plain), state);
            } else {
                found = plain;
            }
        }
        in.leave();
        return found;
    }

    private Node arguments(Node name, @Nullable State state) throws MangledException {
        if (in.peek() != 'I') {
            throw new MangledException();
        }
        if (state != null) {
            state.endsWithArguments = true;
        }
        return new Node.Template(name, types.templateArguments(state != null));
    }

    private Node nested(@Nullable State state) throws MangledException {
        var qualifiers = types.qualifiers();
        qualifiers += in.take("R") ? " &" : in.take("O") ? " &&" : "";
        if (state != null) {
            state.qualifiers = qualifiers;
        }
        Node scope = null;
        while (!in.take("E")) {
            if (in.take("M") || in.peek() == 'L' && in.take("L")) {
                continue;
            }
            if (state != null) {
                state.endsWithArguments = in.peek() == 'I';
            }
            if (scope == null && in.peek() == 'S' && in.peek(1) != 't') {
                scope = substitution();
                continue;
            }
            if (scope == null && in.take("St")) {
                scope = new Node.Name("std");
                continue;
            }
            scope = in.remember(component(scope, state));
        }
        if (scope == null) {
            throw new MangledException();
        }
        in.forgetLast();
        return scope;
    }

    private Node component(@Nullable Node scope, @Nullable State state) throws MangledException {
        if (in.peek() == 'I') {
            if (scope == null) {
                throw new MangledException();
            }
            return new Node.Template(scope, types.templateArguments(state != null));
        }
        if (scope == null && in.peek() == 'T') {
            return types.parameter();
        }
        if (in.peek() == 'D' && (in.peek(1) == 't' || in.peek(1) == 'T')) {
            return types.decltype();
        }
        var name = unqualified(scope, state);
        return scope == null ? name : new Node.Nested(scope, name);
    }

    private Node local(@Nullable State state) throws MangledException {
        var function = encodings.withoutResult(encodings.encoding());
        in.expect("E");
        if (in.take("s")) {
            discriminator();
            return new Node.Nested(function, new Node.Name("string literal"));
        }
        Node scope = function;
        if (in.take("d")) {
            int number = in.ordinal();
            scope = new Node.Nested(function, new Node.Name("{default arg#" + (number + 1) + "}"));
        }
        var name = name(state);
        discriminator();
        return new Node.Nested(scope, name);
    }

    private void discriminator() throws MangledException {
        if (in.take("__")) {
            in.number();
            in.expect("_");
        } else if (in.peek() == '_' && in.peek(1) >= '0' && in.peek(1) <= '9') {
            in.next();
            in.next();
        }
    }

    /** @param scope class that a constructor is of */
    Node unqualified(@Nullable Node scope, @Nullable State state) throws MangledException {
        in.take("L");
        char first = in.peek();
        Node found;
        if (in.atDigit()) {
            found = source();
        } else if (first == 'U') {
            found = unnamed();
        } else if (in.take("DC")) {
            var parts = EncodingParser.until(in, this::source);
            found = Node.Joined.of(new Node.Name("["), new Node.Listing(parts), new Node.Name("]"));
        } else if (first == 'C' || first == 'D') {
            found = structor(scope, state);
        } else {
            found = operator(state);
        }
        while (in.take("B")) {
            found = new Node.Tagged(found, in.source());
        }
        return found;
    }

    Node source() throws MangledException {
        var name = in.source();
        boolean isAnonymous = name.length() > 9 && name.startsWith("_GLOBAL_") && name.charAt(9) == 'N';
        return new Node.Name(isAnonymous ? "(anonymous namespace)" : name);
    }

    private Node structor(@Nullable Node scope, @Nullable State state) throws MangledException {
        boolean isDestructor = in.next() == 'D';
        boolean inherits = !isDestructor && in.take("I");
        char kind = in.next();
        if (scope == null || kind < '0' || kind > '5') {
            throw new MangledException();
        }
        if (inherits) {
            types.type();
        }
        if (state != null) {
            state.isStructor = true;
        }
        return new Node.Structor(lastOfStandard(scope), isDestructor ? "~" : "");
    }

    /** Constructors of classes with short names are called what the whole name ends with. */
    private static Node lastOfStandard(Node scope) {
        if (scope instanceof Node.Name(var text) && text.startsWith("std::")) {
            int end = text.indexOf('<');
            return new Node.Name(text.substring("std::".length(), end < 0 ? text.length() : end));
        }
        return scope;
    }

    private Node unnamed() throws MangledException {
        if (in.take("Ut")) {
            return new Node.Name("{unnamed type#" + (in.ordinal() + 1) + "}");
        }
        in.expect("Ul");
        boolean wasInLambda = in.inLambda;
        in.inLambda = true;
        var parameters = EncodingParser.until(in, types::type);
        in.inLambda = wasInLambda;
        return new Node.Lambda(parameters, in.ordinal() + 1);
    }

    Node operator(@Nullable State state) throws MangledException {
        if (in.take("cv")) {
            if (state != null) {
                state.isStructor = true;
            }
            return new Node.Conversion(types.type());
        }
        if (in.take("li")) {
            return Node.Joined.of(new Node.Name("operator\"\" "), source());
        }
        var code = "" + in.next() + in.next();
        return new Node.Name(Operators.find(code).function());
    }

    /** {@code S_}, {@code S0_}, or a short name of the standard library. */
    Node substitution() throws MangledException {
        in.expect("S");
        var standard = STANDARD.get(in.peek());
        if (standard == null) {
            return in.remembered(in.sequence());
        }
        in.next();
        Node found = new Node.Name(standard);
        boolean isTagged = false;
        while (in.take("B")) {
            found = new Node.Tagged(found, in.source());
            isTagged = true;
        }
        return isTagged ? in.remember(found) : found;
    }

    List<Node> optionalArguments() throws MangledException {
        return in.peek() == 'I' ? types.templateArguments(false) : new ArrayList<>();
    }
}
