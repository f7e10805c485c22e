package io.stapscope.debuginfo.demangle;

/** Names of Rust since 2021 (v0): {@code _R} and a path with its generic arguments. */
final class RustPath {
    private final RustText in;
    private final RustType types;

    RustPath(String text) {
        in = new RustText(text);
        types = new RustType(in, this);
    }

    String read() throws MangledException {
        if (in.atDigit()) {
            throw new MangledException();
        }
        path(true);
        if (in.atUpperCase()) {
            // The crate that has made this copy is not told.
            unseen(() -> path(false));
        }
        if (!in.atSuffix()) {
            throw new MangledException();
        }
        return in.out.toString();
    }

    private void unseen(RustText.Part part) throws MangledException {
        int shown = in.out.length();
        part.read();
        in.out.setLength(shown);
    }

    /** @param isValue whether generic arguments are written behind {@code ::} */
    void path(boolean isValue) throws MangledException {
        in.enter();
        switch (in.next()) {
            case 'C' -> {
                in.optional('s');
                in.out.append(in.identifier());
            }
            case 'N' -> nested(isValue);
            case 'M' -> {
                in.optional('s');
                unseen(() -> path(false));
                implementation(false);
            }
            case 'X' -> {
                in.optional('s');
                unseen(() -> path(false));
                implementation(true);
            }
            case 'Y' -> implementation(true);
            case 'I' -> {
                path(isValue);
                in.out.append(isValue ? "::<" : "<");
                types.arguments();
                in.out.append('>');
            }
            case 'B' -> in.again(() -> path(isValue));
            default -> throw new MangledException();
        }
        in.leave();
    }

    private void implementation(boolean hasTrait) throws MangledException {
        in.out.append('<');
        types.type();
        if (hasTrait) {
            in.out.append(" as ");
            path(false);
        }
        in.out.append('>');
    }

    private void nested(boolean isValue) throws MangledException {
        char space = in.next();
        path(isValue);
        long number = in.optional('s');
        var name = in.identifier();
        if (Character.isUpperCase(space)) {
            var word = space == 'C' ? "closure" : space == 'S' ? "shim" : String.valueOf(space);
            in.out.append("::{").append(word).append(name.isEmpty() ? "" : ":" + name);
            in.out.append('#').append(number).append('}');
        } else if (!name.isEmpty()) {
            in.out.append("::").append(name);
        }
    }
}
