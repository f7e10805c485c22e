package io.stapscope.host;

import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.debuginfo.value.Value.Operator;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.CType.IntKind;
import io.stapscope.host.ctype.CType.Member;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Function.Place;
import io.stapscope.host.program.Label;
import io.stapscope.host.program.Line;
import io.stapscope.host.program.Mark;
import io.stapscope.host.program.PltEntry;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Scope;
import io.stapscope.host.program.Site;
import io.stapscope.host.program.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A program that is the same everywhere.
 *
 * @param described whether it comes with debug information
 */
record FewFunctions(String path, boolean described) implements Program {
    private static final String FILE = "/src/demo.c";
    private static final CType CHAR = new CType.Int("char", 1, true, IntKind.CHARACTER);
    private static final CType INT = CType.number("int", 4, true);
    private static final CType LONG = CType.number("long", 8, true);
    private static final CType DOUBLE = new CType.Floating("double", 8);
    private static final Supplier<List<Member>> MEMBERS = FewFunctions::members;
    private static final CType.Struct POINT = new CType.Struct("struct point", 24, false, MEMBERS);
    private static final CType POINTER = new CType.Pointer("struct point *", 8, () -> POINT);
    private static final int FRAME = 6;

    private static final Function MAIN = function("main", 40, 0x1000, 0x1008, INT, true);
    private static final Function ADD = function("add", 8, 0x1100, 0x1110, INT, true);
    private static final Function WALK = function("walk", 14, 0x1200, 0x1200, POINTER, false);
    private static final Function HALF = function("half", 20, 0x1300, 0x1300, DOUBLE, false);
    private static final Function QUIET = function("quiet", 24, 0x1400, 0x1400, null, false);
    private static final Function TINY = new Function(
            "tiny",
            "tiny",
            FILE,
            30,
            false,
            true,
            List.of(new Place(0x1120, 0x1120, 0x1124, true), new Place(0x1040, 0x1040, 0x1044, true)),
            INT);
    private static final Function STUCK = function("stuck", 60, 0x1500, 0x1500, null, false);

    private static Function function(
            String name, int line, long entry, long start, @Nullable CType result, boolean exported) {
        return new Function(
                name, name, FILE, line, exported, true, List.of(new Place(entry, start, entry + 0x80, false)), result);
    }

    private static List<Member> members() {
        return List.of(
                new Member("x", INT, 0, 0, 0),
                new Member("flag", INT, 4, 3, 2),
                new Member("next", POINTER, 8, 0, 0),
                new Member("name", new CType.Array("char[8]", CHAR, 8), 16, 0, 0));
    }

    private static Variable variable(String name, CType type, Location location) {
        return new Variable(name, type, location);
    }

    private static Location frame(long offset) {
        return new Location.Memory(
                new Value.Binary(Operator.ADD, new Value.Register(FRAME), new Value.Constant(offset)));
    }

    private static Location register(int number) {
        return new Location.Computed(new Value.Register(number));
    }

    private static List<Function> all() {
        var all = new ArrayList<>(List.of(MAIN, ADD, TINY, WALK, HALF, QUIET, STUCK));
        // Many that are not alike.
        IntStream.range(0, 80)
                .forEach(
                        i -> all.add(function("many_" + i, 100 + i, 0x4000 + 0x80 * i, 0x4000 + 0x80 * i, INT, false)));
        return all;
    }

    @Override
    public long device() {
        return 0x800001;
    }

    @Override
    public long inode() {
        return path.length();
    }

    @Override
    public String buildId() {
        return "";
    }

    @Override
    public String machine() {
        return "x86_64";
    }

    @Override
    public DebugRemark debug() {
        return described
                ? new DebugRemark(true, path)
                : new DebugRemark(false, "no debug information: install the package with the suffix -dbgsym");
    }

    @Override
    public List<Function> functions(String pattern) {
        var glob = glob(pattern);
        // More than one handler can be made for.
        var known = pattern.startsWith("manifold")
                ? IntStream.range(0, 8200)
                        .mapToObj(i -> {
                            long start = 0x200000 + 0x80L * i;
                            return function("manifold_" + i, 1000 + i, start, start, INT, false);
                        })
                        .toList()
                : all();
        return known.stream()
                .filter(each -> glob.matcher(each.name()).matches())
                .filter(each -> described || !each.equals(TINY))
                .map(each -> described ? each : bare(each))
                .toList();
    }

    private static Function bare(Function f) {
        return new Function(f.name(), f.name(), "", 0, f.exported(), false, f.places(), null);
    }

    @Override
    public List<Function> functions(String pattern, String filePattern) {
        return isFile(filePattern) ? functions(pattern) : List.of();
    }

    private boolean isFile(String pattern) {
        return described && glob("*" + pattern).matcher(FILE).matches();
    }

    private static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
    }

    @Override
    public List<String> sources() {
        return described ? List.of(FILE, "/src/other.c") : List.of();
    }

    @Override
    public List<Line> lines(String filePattern, int first, int last) {
        return isFile(filePattern)
                ? List.of(
                                new Line(FILE, 10, 0x1114, ADD),
                                new Line(FILE, 12, 0x1118, ADD),
                                new Line(FILE, 42, 0x1010, MAIN),
                                new Line(FILE, 62, 0x1504, STUCK))
                        .stream()
                        .filter(each -> each.line() >= first && each.line() <= last)
                        .toList()
                : List.of();
    }

    @Override
    public List<Label> labels(Function function, String pattern) {
        return described
                        && function.equals(MAIN)
                        && glob(pattern).matcher("again").matches()
                ? List.of(new Label("again", FILE, 44, 0x1020))
                : List.of();
    }

    @Override
    public Scope scope(Function function, long address) {
        return switch (function.name()) {
            case "main" ->
                new Scope(
                        List.of(
                                variable("argc", INT, frame(-20)),
                                variable("argv", CType.pointerTo(CType.pointerTo(CHAR)), frame(-32))),
                        List.of(variable("origin", POINT, frame(-64))));
            case "add" ->
                new Scope(
                        List.of(variable("n", INT, frame(-20)), variable("m", LONG, frame(-32))),
                        List.of(variable("sum", INT, new Location.Missing("the compiler has optimised it out here"))));
            case "walk" -> new Scope(List.of(variable("p", POINTER, register(5))), List.of());
            case "half" -> new Scope(List.of(variable("whole", DOUBLE, register(17))), List.of());
            default ->
                function.name().startsWith("man")
                        ? new Scope(List.of(variable("n" + function.line(), INT, register(5))), List.of())
                        : Scope.EMPTY;
        };
    }

    @Override
    public List<Function> callees(Function function, String pattern) {
        return described && function.equals(MAIN)
                ? List.of(ADD, TINY).stream()
                        .filter(each -> glob(pattern).matcher(each.name()).matches())
                        .toList()
                : List.of();
    }

    @Override
    public List<Mark> marks() {
        return described
                ? List.of(
                        new Mark(
                                "demo",
                                "query__start",
                                0x1030,
                                0x6000,
                                0x5000,
                                List.of(
                                        new Mark.Argument(8, false, register(0), "8@%rax"),
                                        new Mark.Argument(4, true, register(5), "-4@%edi"),
                                        new Mark.Argument(
                                                8, true, new Location.Missing("its form is not known"), "-8@%xmm0"))),
                        new Mark("demo", "query__done", 0x1034, 0, 0, List.of()))
                : List.of();
    }

    @Override
    public List<PltEntry> linkage() {
        return List.of(new PltEntry("malloc", 0x900), new PltEntry("puts", 0x910));
    }

    @Override
    public List<String> libraries() {
        return List.of("/usr/lib/libdemo.so.1");
    }

    @Override
    public Optional<Variable> global(String name, String filePattern) {
        return !described
                ? Optional.empty()
                : switch (name) {
                    case "counter" ->
                        Optional.of(variable(name, LONG, new Location.Memory(new Value.Relocated(0x7000))));
                    case "mine" -> Optional.of(variable(name, LONG, new Location.Memory(new Value.ThreadLocal(16))));
                    default -> Optional.empty();
                };
    }

    @Override
    public Optional<Variable> visible(String name, Function function) {
        return global(name, function.file());
    }

    @Override
    public Optional<CType> type(String written) {
        return !described
                ? Optional.empty()
                : switch (written) {
                    case "struct point", "point" -> Optional.of(POINT);
                    case "struct point *" -> Optional.of(POINTER);
                    case "int" -> Optional.of(INT);
                    default -> Optional.empty();
                };
    }

    @Override
    public OptionalLong enumerator(String name) {
        return name.equals("DEMO_RED") ? OptionalLong.of(3) : OptionalLong.empty();
    }

    @Override
    public Site site(long address) {
        return address >= 0x1500 && address < 0x1580
                ? new Site.Refused("0x" + Long.toHexString(address) + " is inside an instruction")
                : new Site.At(address, address, Site.Cost.EMULATED);
    }
}
