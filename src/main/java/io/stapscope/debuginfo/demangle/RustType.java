package io.stapscope.debuginfo.demangle;

import java.util.Map;

/** Types and generic arguments in names of Rust. */
final class RustType {
    private static final int MOST_LIFETIMES = 64;
    private static final Map<Character, String> BASIC = Map.ofEntries(
            Map.entry('a', "i8"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('d', "f64"),
            Map.entry('e', "str"),
            Map.entry('f', "f32"),
            Map.entry('h', "u8"),
            Map.entry('i', "isize"),
            Map.entry('j', "usize"),
            Map.entry('l', "i32"),
            Map.entry('m', "u32"),
            Map.entry('n', "i128"),
            Map.entry('o', "u128"),
            Map.entry('p', "_"),
            Map.entry('s', "i16"),
            Map.entry('t', "u16"),
            Map.entry('u', "()"),
            Map.entry('v', "..."),
            Map.entry('x', "i64"),
            Map.entry('y', "u64"),
            Map.entry('z', "!"));

    private final RustText in;
    private final RustPath paths;
    private final StringBuilder out;
    private long lifetimes;

    RustType(RustText in, RustPath paths) {
        this.in = in;
        this.paths = paths;
        this.out = in.out;
    }

    void arguments() throws MangledException {
        for (boolean isFirst = true; !in.take('E'); isFirst = false) {
            out.append(isFirst ? "" : ", ");
            if (in.take('L')) {
                lifetime(in.base62());
            } else if (in.take('K')) {
                constant();
            } else {
                type();
            }
        }
    }

    private void lifetime(long number) throws MangledException {
        if (number == 0) {
            out.append("'_");
            return;
        }
        long index = lifetimes - number;
        if (number < 0 || index < 0) {
            throw new MangledException();
        }
        out.append('\'');
        if (index < 26) {
            out.append((char) ('a' + index));
        } else {
            out.append('_').append(index);
        }
    }

    private void binder() throws MangledException {
        long count = in.optional('G');
        if (count < 0 || count > MOST_LIFETIMES) {
            throw new MangledException();
        }
        for (long i = 0; i < count; i++) {
            lifetimes++;
            out.append(i == 0 ? "for<" : ", ");
            lifetime(1);
        }
        out.append(count > 0 ? "> " : "");
    }

    void type() throws MangledException {
        in.enter();
        char tag = in.next();
        var basic = BASIC.get(tag);
        if (basic != null) {
            out.append(basic);
        } else {
            compound(tag);
        }
        in.leave();
    }

    private void compound(char tag) throws MangledException {
        switch (tag) {
            case 'R', 'Q' -> reference(tag == 'Q');
            case 'P' -> prefixed("*const ");
            case 'O' -> prefixed("*mut ");
            case 'A', 'S' -> {
                prefixed("[");
                if (tag == 'A') {
                    out.append("; ");
                    constant();
                }
                out.append(']');
            }
            case 'T' -> tuple();
            case 'F' -> function();
            case 'D' -> dynamic();
            case 'B' -> in.again(this::type);
            default -> {
                in.back();
                paths.path(false);
            }
        }
    }

    private void prefixed(String words) throws MangledException {
        out.append(words);
        type();
    }

    private void reference(boolean isMutable) throws MangledException {
        out.append('&');
        long number = in.take('L') ? in.base62() : 0;
        if (number != 0) {
            lifetime(number);
            out.append(' ');
        }
        prefixed(isMutable ? "mut " : "");
    }

    private void tuple() throws MangledException {
        out.append('(');
        int count = 0;
        for (; !in.take('E'); count++) {
            prefixed(count == 0 ? "" : ", ");
        }
        out.append(count == 1 ? ",)" : ")");
    }

    private void function() throws MangledException {
        long outer = lifetimes;
        binder();
        out.append(in.take('U') ? "unsafe " : "");
        if (in.take('K')) {
            var abi = in.take('C') ? "C" : in.identifier().replace('_', '-');
            out.append("extern \"").append(abi).append("\" ");
        }
        out.append("fn(");
        for (boolean isFirst = true; !in.take('E'); isFirst = false) {
            prefixed(isFirst ? "" : ", ");
        }
        out.append(')');
        if (!in.take('u')) {
            prefixed(" -> ");
        }
        lifetimes = outer;
    }

    private void dynamic() throws MangledException {
        out.append("dyn ");
        long outer = lifetimes;
        binder();
        for (boolean isFirst = true; !in.take('E'); isFirst = false) {
            out.append(isFirst ? "" : " + ");
            trait();
        }
        lifetimes = outer;
        if (!in.take('L')) {
            throw new MangledException();
        }
        long number = in.base62();
        if (number != 0) {
            out.append(" + ");
            lifetime(number);
        }
    }

    /** Bindings of associated types go into the brackets of the trait. */
    private void trait() throws MangledException {
        boolean isOpen = openPath();
        while (in.take('p')) {
            out.append(isOpen ? ", " : "<").append(in.identifier());
            isOpen = true;
            prefixed(" = ");
        }
        out.append(isOpen ? ">" : "");
    }

    /** Writes a path without its last bracket. */
    private boolean openPath() throws MangledException {
        if (in.take('B')) {
            var isOpen = new boolean[1];
            in.again(() -> isOpen[0] = openPath());
            return isOpen[0];
        }
        if (in.take('I')) {
            paths.path(false);
            out.append('<');
            arguments();
            return true;
        }
        paths.path(false);
        return false;
    }

    private void constant() throws MangledException {
        in.enter();
        if (in.take('B')) {
            in.again(this::constant);
        } else if (in.take('p')) {
            out.append('_');
        } else {
            char type = in.next();
            RustConstant.append(type, in.until('_'), out);
        }
        in.leave();
    }
}
