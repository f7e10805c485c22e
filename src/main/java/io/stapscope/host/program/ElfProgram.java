package io.stapscope.host.program;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.debuginfo.machine.Instructions;
import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.host.ctype.CType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    private final java.util.function.Function<ElfFile, List<String>> linker;
    private @Nullable SymbolFunctions symbols;
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

    /**
     * @param file its bytes; kept
     * @param linker finds the libraries that a program is linked with
     * @throws ElfFormatException when it is no ELF file
     */
    public ElfProgram(Identity identity, ByteBuffer file, java.util.function.Function<ElfFile, List<String>> linker) {
        this.identity = identity;
        this.linker = linker;
        elf = ElfFile.read(file);
        code = ProgramCode.of(elf, file);
        boolean isGo = elf.section(".gopclntab").isPresent();
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
        return new DebugRemark(false, "no debug information is read");
    }

    @Override
    public List<Function> functions(String pattern) {
        return symbols().matching(NamePattern.of(pattern));
    }

    @Override
    public List<Function> functions(String pattern, String filePattern) {
        return List.of();
    }

    @Override
    public List<String> sources() {
        return List.of();
    }

    @Override
    public List<Line> lines(String filePattern, int first, int last) {
        return List.of();
    }

    @Override
    public List<Label> labels(Function function, String pattern) {
        return List.of();
    }

    @Override
    public Scope scope(Function function, long address) {
        return Scope.EMPTY;
    }

    @Override
    public List<Function> callees(Function function, String pattern) {
        return List.of();
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
            libraries = orElse(List.of(), () -> linker.apply(elf));
        }
        return libraries;
    }

    @Override
    public Optional<Variable> global(String name, String filePattern) {
        return Optional.empty();
    }

    @Override
    public Optional<CType> type(String written) {
        return Optional.empty();
    }

    @Override
    public OptionalLong enumerator(String name) {
        return OptionalLong.empty();
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
        var function = symbols().at(address);
        if (function.isPresent()) {
            var parts = new ArrayList<>(function.get().places());
            parts.addAll(symbols().coldParts(function.get()));
            return sites.get().in(parts, address, sight);
        }
        return isKnown(address)
                ? sites.get().known(address)
                : new Site.Refused(ProgramSites.hex(address)
                        + " is in no function that the symbols tell of, so nobody knows where its instructions begin");
    }

    private boolean isKnown(long address) {
        return marks().stream().anyMatch(mark -> mark.address() == address)
                || linkage().stream().anyMatch(stub -> stub.address() == address);
    }

    private synchronized SymbolFunctions symbols() {
        if (symbols == null) {
            symbols = orElse(SymbolFunctions.NONE, () -> SymbolFunctions.of(elf));
        }
        return symbols;
    }

    /** What a broken part of the file offers instead. */
    private static <T> T orElse(T nothing, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (ElfFormatException e) {
            return nothing;
        }
    }
}
