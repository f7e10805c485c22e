package io.stapscope.debuginfo.demangle;

/** Makes names of symbols readable. */
public final class Demangler {
    private static final int LONGEST = 1 << 14;

    private Demangler() {}

    /** The name as the source writes it; the same name when it is not mangled, or cannot be read. */
    public static String readable(String symbol) {
        if (symbol.length() < 3 || symbol.length() > LONGEST) {
            return symbol;
        }
        try {
            if (symbol.startsWith("_R")) {
                return new RustPath(symbol).read();
            }
            if (!symbol.startsWith("_Z")) {
                return symbol;
            }
            var rust = RustLegacy.read(symbol);
            return rust.isEmpty() ? cpp(symbol) : rust;
        } catch (MangledException _) {
            return symbol;
        }
    }

    private static String cpp(String symbol) throws MangledException {
        var parser = new EncodingParser(new Mangled(symbol));
        var encoding = parser.mangledName();
        var printer = new NodePrinter();
        printer.print(encoding);
        return printer.text() + CloneSuffix.read(parser.rest());
    }
}
