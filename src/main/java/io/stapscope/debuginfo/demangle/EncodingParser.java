package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads whole names: functions with their parameters, data, tables of the compiler. */
final class EncodingParser {
    private static final Map<String, String> OF_TYPES = Map.of(
            "TV", "vtable for ",
            "TT", "VTT for ",
            "TI", "typeinfo for ",
            "TS", "typeinfo name for ",
            "TF", "typeinfo fn for ");
    private static final Map<String, String> OF_NAMES = Map.of(
            "GV", "guard variable for ",
            "TH", "TLS init function for ",
            "TW", "TLS wrapper function for ");
    private static final Map<String, String> OF_ENCODINGS =
            Map.of("GA", "hidden alias for ", "GTt", "transaction clone for ", "GTn", "non-transaction clone for ");

    private final Mangled in;
    private final NameParser names;
    private final TypeParser types;

    EncodingParser(Mangled in) {
        this.in = in;
        types = new TypeParser(in);
        names = new NameParser(in, types, this);
        types.join(names, new ExpressionParser(in, types, names, this));
    }

    String rest() {
        return in.rest();
    }

    Node mangledName() throws MangledException {
        in.expect("_Z");
        return encoding();
    }

    /** An encoding has template arguments of its own; those around it hold again behind it. */
    Node encoding() throws MangledException {
        in.enter();
        var outer = in.arguments;
        boolean wasInLambda = in.inLambda;
        in.arguments = new ArrayList<>();
        in.inLambda = false;
        var found = in.peek() == 'T' || in.peek() == 'G' ? special() : function();
        in.arguments = outer;
        in.inLambda = wasInLambda;
        in.leave();
        return found;
    }

    private Node function() throws MangledException {
        var name = names.encodingName();
        if (!in.hasMore() || in.peek() == 'E' || in.peek() == '.') {
            return name.node();
        }
        Node result = null;
        if (name.hasResult()) {
            result = types.type();
        }
        var parameters = new ArrayList<Node>();
        while (in.hasMore() && in.peek() != 'E' && in.peek() != '.') {
            parameters.add(types.type());
        }
        if (parameters.isEmpty()) {
            throw new MangledException();
        }
        return new Node.Typed(name.node(), new Node.Function(result, parameters, name.qualifiers()));
    }

    /** A function without what it returns, in front of the names inside it. */
    Node withoutResult(Node encoding) {
        if (encoding instanceof Node.Typed(var name, Node.Function(var _, var parameters, var qualifiers))) {
            return new Node.Typed(name, new Node.Function(null, parameters, qualifiers));
        }
        return encoding;
    }

    private Node special() throws MangledException {
        for (var each : OF_TYPES.entrySet()) {
            if (in.take(each.getKey())) {
                return prefixed(each.getValue(), types.type());
            }
        }
        for (var each : OF_NAMES.entrySet()) {
            if (in.take(each.getKey())) {
                return prefixed(each.getValue(), names.name());
            }
        }
        for (var each : OF_ENCODINGS.entrySet()) {
            if (in.take(each.getKey())) {
                return prefixed(each.getValue(), encoding());
            }
        }
        if (in.take("GR")) {
            var of = names.name();
            int number = in.peek() == '_' || in.atDigit() || Character.isUpperCase(in.peek()) ? in.sequence() : 0;
            return prefixed("reference temporary #" + number + " for ", of);
        }
        if (in.take("TC")) {
            var of = types.type();
            in.number();
            in.expect("_");
            return Node.Joined.of(new Node.Name("construction vtable for "), types.type(), new Node.Name("-in-"), of);
        }
        if (in.take("TA")) {
            return prefixed("template parameter object for ", types.templateArgument());
        }
        return thunk();
    }

    private static Node prefixed(String words, Node of) {
        return Node.Joined.of(new Node.Name(words), of);
    }

    private Node thunk() throws MangledException {
        if (in.take("Tc")) {
            offset();
            offset();
            return prefixed("covariant return thunk to ", encoding());
        }
        in.expect("T");
        var words = in.peek() == 'v' ? "virtual thunk to " : "non-virtual thunk to ";
        offset();
        return prefixed(words, encoding());
    }

    private void offset() throws MangledException {
        boolean isVirtual = in.take("v");
        if (!isVirtual) {
            in.expect("h");
        }
        for (int i = 0; i < (isVirtual ? 2 : 1); i++) {
            in.take("n");
            in.number();
            in.expect("_");
        }
    }

    static List<Node> until(Mangled in, Reading reading) throws MangledException {
        var all = new ArrayList<Node>();
        while (!in.take("E")) {
            all.add(reading.next());
        }
        return all;
    }

    interface Reading {
        Node next() throws MangledException;
    }
}
