package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads types and the arguments of templates. */
final class TypeParser {
    private static final Map<Character, String> BUILTIN = Map.ofEntries(
            Map.entry('v', "void"),
            Map.entry('w', "wchar_t"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('a', "signed char"),
            Map.entry('h', "unsigned char"),
            Map.entry('s', "short"),
            Map.entry('t', "unsigned short"),
            Map.entry('i', "int"),
            Map.entry('j', "unsigned int"),
            Map.entry('l', "long"),
            Map.entry('m', "unsigned long"),
            Map.entry('x', "long long"),
            Map.entry('y', "unsigned long long"),
            Map.entry('n', "__int128"),
            Map.entry('o', "unsigned __int128"),
            Map.entry('f', "float"),
            Map.entry('d', "double"),
            Map.entry('e', "long double"),
            Map.entry('g', "__float128"),
            Map.entry('z', "..."));
    private static final Map<Character, String> LONGER = Map.of(
            'd', "decimal64",
            'e', "decimal128",
            'f', "decimal32",
            'h', "half",
            'i', "char32_t",
            's', "char16_t",
            'u', "char8_t",
            'a', "auto",
            'c', "decltype(auto)",
            'n', "decltype(nullptr)");

    private final Mangled in;
    private @Nullable NameParser names;
    private @Nullable ExpressionParser expressions;

    TypeParser(Mangled in) {
        this.in = in;
    }

    /** The three parsers know each other. */
    void join(NameParser nameParser, ExpressionParser expressionParser) {
        names = nameParser;
        expressions = expressionParser;
    }

    private NameParser names() {
        return java.util.Objects.requireNonNull(names);
    }

    private ExpressionParser expressions() {
        return java.util.Objects.requireNonNull(expressions);
    }

    /** Written {@code restrict volatile const}, told in the order of c++filt: the innermost first. */
    String qualifiers() {
        boolean isRestrict = in.take("r");
        boolean isVolatile = in.take("V");
        boolean isConstant = in.take("K");
        return (isConstant ? " const" : "") + (isVolatile ? " volatile" : "") + (isRestrict ? " restrict" : "");
    }

    Node type() throws MangledException {
        in.enter();
        var found = read();
        in.leave();
        return found;
    }

    private Node read() throws MangledException {
        char first = in.peek();
        var builtin = BUILTIN.get(first);
        if (builtin != null) {
            in.next();
            return new Node.Name(builtin);
        }
        return switch (first) {
            case 'r', 'V', 'K' -> in.remember(qualified());
            case 'P' -> pointer("*");
            case 'R' -> pointer("&");
            case 'O' -> pointer("&&");
            case 'A' -> in.remember(array());
            case 'M' -> in.remember(memberPointer());
            case 'F' -> in.remember(function(""));
            case 'C' -> suffixed(" _Complex");
            case 'G' -> suffixed(" _Imaginary");
            case 'U' -> in.peek(1) == 'l' || in.peek(1) == 't' ? in.remember(names().name()) : vendor();
            case 'u' -> {
                in.next();
                yield in.remember(new Node.Name(in.source()));
            }
            case 'D' -> longer();
            case 'T' ->
                in.peek(1) == 's' || in.peek(1) == 'u' || in.peek(1) == 'e'
                        ? elaborated()
                        : applied(in.remember(parameter()));
            case 'S' -> in.peek(1) == 't' ? in.remember(names().name()) : substituted();
            default -> in.remember(names().name());
        };
    }

    private Node elaborated() throws MangledException {
        in.next();
        in.next();
        return in.remember(names().name());
    }

    private Node substituted() throws MangledException {
        return applied(names().substitution());
    }

    private Node applied(Node template) throws MangledException {
        return in.peek() == 'I' ? in.remember(new Node.Template(template, templateArguments(false))) : template;
    }

    private Node qualified() throws MangledException {
        var qualifiers = qualifiers();
        if (in.peek() == 'F' || in.peek() == 'D' && (in.peek(1) == 'o' || in.peek(1) == 'O')) {
            return function(qualifiers);
        }
        return new Node.Qualified(type(), qualifiers);
    }

    private Node pointer(String mark) throws MangledException {
        in.next();
        return in.remember(new Node.Pointer(type(), mark));
    }

    private Node suffixed(String word) throws MangledException {
        in.next();
        return in.remember(new Node.Qualified(type(), word));
    }

    private Node vendor() throws MangledException {
        in.next();
        var name = in.source();
        var arguments = names().optionalArguments();
        if (!arguments.isEmpty()) {
            throw new MangledException();
        }
        return in.remember(new Node.Qualified(type(), " " + name));
    }

    private Node array() throws MangledException {
        in.expect("A");
        Node dimension = new Node.Name("");
        if (in.atDigit()) {
            dimension = new Node.Name(in.digits());
        } else if (in.peek() != '_') {
            dimension = expressions().expression();
        }
        in.expect("_");
        return new Node.Array(type(), dimension);
    }

    private Node memberPointer() throws MangledException {
        in.expect("M");
        var ofClass = type();
        return new Node.MemberPointer(ofClass, type());
    }

    private Node function(String qualifiers) throws MangledException {
        var behind = qualifiers;
        if (in.take("Do")) {
            behind += " noexcept";
        } else if (in.take("DO")) {
            throw new MangledException();
        }
        in.expect("F");
        in.take("Y");
        var result = type();
        var parameters = new ArrayList<Node>();
        while (!in.take("E")) {
            if (in.take("RE")) {
                return new Node.Function(result, parameters, behind + " &");
            }
            if (in.take("OE")) {
                return new Node.Function(result, parameters, behind + " &&");
            }
            parameters.add(type());
        }
        return new Node.Function(result, parameters, behind);
    }

    private Node longer() throws MangledException {
        char second = in.peek(1);
        var builtin = LONGER.get(second);
        if (builtin != null) {
            in.expect("D" + second);
            return new Node.Name(builtin);
        }
        return switch (second) {
            case 'p' -> {
                in.expect("Dp");
                yield in.remember(new Node.Expansion(type()));
            }
            case 't', 'T' -> in.remember(decltype());
            case 'o', 'O' -> in.remember(function(""));
            case 'v' -> vector();
            case 'F' -> {
                in.expect("DF");
                var bits = in.digits();
                yield new Node.Name(
                        in.take("b") ? "std::bfloat" + bits + "_t" : "_Float" + bits + (in.take("x") ? "x" : width()));
            }
            default -> throw new MangledException();
        };
    }

    private String width() throws MangledException {
        in.expect("_");
        return "";
    }

    private Node vector() throws MangledException {
        in.expect("Dv");
        var size = in.take("_") ? expressions().expression() : new Node.Name(in.digits());
        in.expect("_");
        return in.remember(Node.Joined.of(type(), new Node.Name(" __vector("), size, new Node.Name(")")));
    }

    Node decltype() throws MangledException {
        in.next();
        in.next();
        var of = expressions().expression();
        in.expect("E");
        return Node.Joined.of(new Node.Name("decltype ("), of, new Node.Name(")"));
    }

    /** {@code T_}, {@code T0_}: an argument of the template that is read. */
    Node parameter() throws MangledException {
        in.expect("T");
        return in.parameter(in.ordinal());
    }

    /** @param isOwn whether parameters refer to these from here on */
    List<Node> templateArguments(boolean isOwn) throws MangledException {
        in.expect("I");
        var arguments = new ArrayList<Node>();
        if (isOwn) {
            // Later arguments can refer to earlier ones.
            in.arguments = arguments;
        }
        while (!in.take("E")) {
            arguments.add(templateArgument());
        }
        return arguments;
    }

    Node templateArgument() throws MangledException {
        in.enter();
        Node found;
        if (in.take("J")) {
            found = new Node.Pack(EncodingParser.until(in, this::templateArgument));
        } else if (in.take("X")) {
            found = expressions().expression();
            in.expect("E");
        } else if (in.peek() == 'L') {
            found = expressions().literal();
        } else {
            found = type();
        }
        in.leave();
        return found;
    }
}
