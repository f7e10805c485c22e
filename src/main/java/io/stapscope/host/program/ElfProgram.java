package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.debuginfo.machine.Instructions;
import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.host.ctype.CType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program as its ELF file describes it. For use by several threads. */
public final class ElfProgram implements Program {
    private final Identity identity;
    private final ElfFile elf;
    private final ProgramCode code;
    private final Optional<ProgramSites> sites;
    private final Surroundings surroundings;
    private final boolean isGo;
    private @Nullable SymbolFunctions symbols;
    private @Nullable DebugSource source;
    private @Nullable Optional<DebugInformation> debug;
    private @Nullable List<Mark> marks;
    private @Nullable List<PltEntry> linkage;
    private @Nullable List<String> libraries;

    /**
     * Which file it is.
     *
     * @param path canonical and absolute
     * @param device the kernel's dev_t
     */
    public record Identity(String path, long device, long inode) {}

    /** The files around a program; each is asked once at most. */
    public interface Surroundings {
        /** Canonical paths of the libraries that it is linked with, those of its libraries too. */
        List<String> libraries(ElfFile program);

        DebugSource debug(ElfFile program);
    }

    /**
     * @param file its bytes; kept
     * @throws ElfFormatException when it is no ELF file
     */
    public ElfProgram(Identity identity, ByteBuffer file, Surroundings surroundings) {
        this.identity = identity;
        this.surroundings = surroundings;
        elf = ElfFile.read(file);
        code = ProgramCode.of(elf, file);
        isGo = elf.section(".gopclntab").isPresent();
        sites = Instructions.of(elf.machine())
                .map(each -> new ProgramSites(code, each, isGo ? Convention.UNKNOWN : Convention.C));
    }

    @Override
    public String path() {
        return identity.path();
    }

    @Override
    public long device() {
        return identity.device();
    }

    @Override
    public long inode() {
        return identity.inode();
    }

    @Override
    public String buildId() {
        return orElse("", elf::buildId);
    }

    @Override
    public String machine() {
        return elf.machineName();
    }

    @Override
    public DebugRemark debug() {
        return switch (source()) {
            case DebugSource.Missing(var reason) -> new DebugRemark(false, reason);
            case DebugSource.Found(var path, var _, var _) ->
                information()
                        .map(each -> each.remark()
                                .map(remark -> path + ", without " + remark)
                                .orElse(path))
                        .map(text -> new DebugRemark(true, text))
                        .orElse(new DebugRemark(false, path + ", which is damaged"));
        };
    }

    @Override
    public List<Function> functions(String pattern) {
        var names = NamePattern.of(pattern);
        var described = described(List.<Function>of(), each -> each.functions(names));
        if (described.isEmpty()) {
            return symbols().matching(names);
        }
        var entries = new HashSet<Long>();
        described.forEach(each -> each.places().forEach(place -> entries.add(place.entry())));
        var found = new ArrayList<>(described);
        symbols().matching(names).stream()
                .filter(each -> !entries.contains(each.places().getFirst().entry()))
                .forEach(found::add);
        found.sort(Comparator.comparingLong(each -> each.places().getFirst().entry()));
        return List.copyOf(found);
    }

    @Override
    public List<Function> functions(String pattern, String filePattern) {
        var files = FilePattern.of(filePattern);
        return described(List.<Function>of(), each -> each.functions(NamePattern.of(pattern))).stream()
                .filter(each -> files.matches(each.file()))
                .toList();
    }

    @Override
    public List<String> sources() {
        return described(List.of(), DebugInformation::sources);
    }

    @Override
    public List<Line> lines(String filePattern, int first, int last) {
        return described(List.of(), each -> each.lines(FilePattern.of(filePattern), first, last));
    }

    @Override
    public List<Label> labels(Function function, String pattern) {
        return described(List.of(), each -> each.labels(function, NamePattern.of(pattern)));
    }

    @Override
    public Scope scope(Function function, long address) {
        return described(Scope.EMPTY, each -> each.scope(function, address));
    }

    @Override
    public List<Function> callees(Function function, String pattern) {
        return described(List.of(), each -> each.callees(function, NamePattern.of(pattern)));
    }

    @Override
    public synchronized List<Mark> marks() {
        if (marks == null) {
            marks = orElse(List.of(), () -> ElfMarks.of(elf));
        }
        return marks;
    }

    @Override
    public synchronized List<PltEntry> linkage() {
        if (linkage == null) {
            linkage = orElse(List.of(), () -> elf.stubs().stream()
                    .map(stub -> new PltEntry(stub.name(), stub.address()))
                    .toList());
        }
        return linkage;
    }

    @Override
    public synchronized List<String> libraries() {
        if (libraries == null) {
            libraries = orElse(List.of(), () -> surroundings.libraries(elf));
        }
        return libraries;
    }

    @Override
    public Optional<Variable> global(String name, String filePattern) {
        var files = FilePattern.of(filePattern.isEmpty() ? "*" : filePattern);
        return described(Optional.empty(), each -> each.global(name, files::matches));
    }

    @Override
    public Optional<Variable> visible(String name, Function function) {
        return described(Optional.empty(), each -> each.visible(name, function));
    }

    @Override
    public Optional<CType> type(String written) {
        return described(Optional.empty(), each -> each.type(written));
    }

    @Override
    public OptionalLong enumerator(String name) {
        return described(OptionalLong.empty(), each -> each.enumerator(name));
    }

    @Override
    public Site site(long address) {
        return site(address, Site.Sight.EVERYTHING);
    }

    @Override
    public Site site(long address, Site.Sight sight) {
        if (sites.isEmpty()) {
            return new Site.Refused("the machine code of " + machine() + " cannot be read");
        }
        var function = functionAt(address);
        if (function.isPresent()) {
            return sites.get().in(body(function.get()), address, sight);
        }
        return isKnown(address)
                ? sites.get().known(address)
                : new Site.Refused(ProgramSites.hex(address)
                        + " is in no function that the symbols tell of, so nobody knows where its instructions begin");
    }

    @Override
    public boolean isLikeEntry(long entry, long address, Site.Sight sight) {
        var function = functionAt(address);
        return function.isPresent()
                && sites.isPresent()
                && function.get().places().getFirst().entry() == entry
                && sites.get().isLikeEntry(body(function.get()), address, sight);
    }

    @Override
    public @Nullable String returnProblem(String function) {
        return Returns.problem(function, isGo);
    }

    private Optional<Function> functionAt(long address) {
        return symbols().at(address).or(() -> described(Optional.empty(), each -> each.holding(address)));
    }

    private ProgramSites.Body body(Function function) {
        var parts = new ArrayList<>(function.places().subList(0, 1));
        parts.addAll(symbols().coldParts(function));
        return new ProgramSites.Body(parts, symbols().near(parts.getFirst().entry()));
    }

    private boolean isKnown(long address) {
        return marks().stream().anyMatch(mark -> mark.address() == address)
                || linkage().stream().anyMatch(stub -> stub.address() == address);
    }

    private synchronized SymbolFunctions symbols() {
        if (symbols == null) {
            var names = source() instanceof DebugSource.Found(var _, var file, var _) ? file : elf;
            symbols = orElse(SymbolFunctions.NONE, () -> SymbolFunctions.of(elf, names, code));
        }
        return symbols;
    }

    private synchronized DebugSource source() {
        if (source == null) {
            source = surroundings.debug(elf);
        }
        return source;
    }

    private synchronized Optional<DebugInformation> information() {
        if (debug == null) {
            debug = source() instanceof DebugSource.Found found
                    ? orElse(Optional.empty(), () -> Optional.of(read(found)))
                    : Optional.empty();
        }
        return debug;
    }

    private DebugInformation read(DebugSource.Found found) {
        var dwarf = DwarfFile.read(DebugSource.sections(elf, found));
        return new DebugInformation(dwarf, code::holds, elf.exports()::contains);
    }

    private <T> T described(T nothing, java.util.function.Function<DebugInformation, T> question) {
        return orElse(nothing, () -> information().map(question).orElse(nothing));
    }

    /** What a broken part of the file offers instead. */
    private static <T> T orElse(T nothing, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (ElfFormatException | DwarfFormatException e) {
            return nothing;
        }
    }
}
