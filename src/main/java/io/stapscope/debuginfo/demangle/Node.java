package io.stapscope.debuginfo.demangle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a C++ name. */
sealed interface Node {
    record Name(String text) implements Node {}

    record Nested(Node scope, Node name) implements Node {}

    record Template(Node name, List<Node> arguments) implements Node {}

    /** {@code name[abi:tag]}. */
    record Tagged(Node name, String tag) implements Node {}

    /** A constructor or destructor. @param mark {@code ~} for a destructor */
    record Structor(Node ofClass, String mark) implements Node {}

    record Conversion(Node type) implements Node {}

    /** A lambda by its parameters and number in its function. */
    record Lambda(List<Node> parameters, int number) implements Node {}

    /** @param qualifiers behind the parameters: {@code const}, {@code &}, each behind a space */
    record Function(@Nullable Node result, List<Node> parameters, String qualifiers) implements Node {}

    /** A function with the types of its parameters. */
    record Typed(Node name, Function type) implements Node {}

    /** @param qualifier with a space before it */
    record Qualified(Node of, String qualifier) implements Node {}

    /** @param mark {@code *}, {@code &} or {@code &&} */
    record Pointer(Node of, String mark) implements Node {}

    record MemberPointer(Node ofClass, Node member) implements Node {}

    record Array(Node element, Node dimension) implements Node {}

    /** One part behind the other. */
    record Joined(List<Node> parts) implements Node {
        static Joined of(Node... parts) {
            return new Joined(List.of(parts));
        }
    }

    /** With commas; parts that are empty packs are left out. */
    record Listing(List<Node> parts) implements Node {}

    /** Arguments that stand for one parameter. */
    record Pack(List<Node> elements) implements Node {}

    /** The pattern once for each element of the packs in it. */
    record Expansion(Node pattern) implements Node {}

    /** How many elements a pack has. */
    record PackSize(Node of) implements Node {}

    /** An operand: in parentheses unless it is a name. */
    record Operand(Node of) implements Node {}

    /** Nodes that packs can be in. */
    default List<Node> inner() {
        return switch (this) {
            case Name _ -> List.of();
            case Nested(var scope, var name) -> List.of(scope, name);
            case Template(var name, var arguments) -> with(name, arguments);
            case Tagged(var name, var _) -> List.of(name);
            case Structor(var ofClass, var _) -> List.of(ofClass);
            case Conversion(var type) -> List.of(type);
            case Lambda(var parameters, var _) -> parameters;
            case Function(var result, var parameters, var _) -> result == null ? parameters : with(result, parameters);
            case Typed(var name, var type) -> List.of(name, type);
            case Qualified(var of, var _) -> List.of(of);
            case Pointer(var of, var _) -> List.of(of);
            case MemberPointer(var ofClass, var member) -> List.of(ofClass, member);
            case Array(var element, var dimension) -> List.of(element, dimension);
            case Joined(var parts) -> parts;
            case Listing(var parts) -> parts;
            case Pack _, Expansion _ -> List.of();
            case PackSize(var of) -> List.of(of);
            case Operand(var of) -> List.of(of);
        };
    }

    private static List<Node> with(Node first, List<Node> others) {
        var all = new java.util.ArrayList<Node>();
        all.add(first);
        all.addAll(others);
        return all;
    }
}
