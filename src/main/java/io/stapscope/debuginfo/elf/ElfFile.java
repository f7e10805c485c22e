package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One ELF file, 32 or 64 bits, little-endian. Its tables of sections and segments are read at once, everything else when it is
 * asked for. Every method throws {@link ElfFormatException}, and no other exception, when what it reads is damaged. Safe for
 * use by several threads.
 *
 * <p>A file without a table of sections gets those that can be told from its segments: {@code .dynsym .dynstr .dynamic
 * .rela.dyn .rela.plt .note .eh_frame_hdr .eh_frame}.
 */
public final class ElfFile {
    /** Types of files: relocatable, program at a fixed address, library or program that can be anywhere. */
    public static final int RELOCATABLE = 1;

    public static final int EXECUTABLE = 2;
    public static final int SHARED = 3;

    private final ElfBytes bytes;
    private final ElfHeader header;
    private final List<ElfSegment> segments;
    private final List<ElfSegment> loaded;
    private final List<ElfSection> sections;
    private @Nullable ElfFunctions functions;

    private ElfFile(ElfBytes bytes) {
        this.bytes = bytes;
        header = ElfHeader.read(bytes);
        segments = ElfTables.segments(bytes, header);
        loaded =
                segments.stream().filter(each -> each.type() == ElfSegment.LOAD).toList();
        sections = header.sectionCount() == 0 ? ImpliedSections.of(bytes, segments) : ElfTables.sections(bytes, header);
    }

    /**
     * @param file from 0 to its limit; kept and read later
     * @throws ElfFormatException when it is no such file, big-endian, cut off or damaged
     */
    public static ElfFile read(ByteBuffer file) {
        return new ElfFile(ElfHeader.open(file.duplicate().position(0)));
    }

    public boolean is64() {
        return bytes.wide();
    }

    /** ET_*. */
    public int type() {
        return header.type();
    }

    /** EM_*: see {@link Machine}. */
    public int machine() {
        return header.machine();
    }

    /** As {@code uname -m} names it: {@code x86_64}. */
    public String machineName() {
        return Machine.name(header.machine());
    }

    /** Address of the first instruction of a program, 0 for none. */
    public long entry() {
        return header.entry();
    }

    /** By index: symbols and other sections refer to them. */
    public List<ElfSection> sections() {
        return sections;
    }

    /** The first of a name. */
    public Optional<ElfSection> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    public List<ElfSegment> segments() {
        return segments;
    }

    /** The bytes of a section as they are in the file, little-endian; none when they are not in the file. */
    public ByteBuffer bytes(ElfSection section) {
        return section.isHere()
                ? bytes.slice(section.offset(), section.size(), "section " + section.name())
                : ByteBuffer.allocate(0);
    }

    /** The bytes of a section; compressed ones are inflated anew at each call. */
    public ByteBuffer contents(ElfSection section) {
        if (section.isHere() && section.isCompressed()) {
            return CompressedSection.inflate(window(section));
        }
        return section.isHere() && section.name().startsWith(".zdebug")
                ? CompressedSection.inflateOld(window(section))
                : bytes(section);
    }

    /** The bytes of a section, inflated, by its name; for {@code .debug_info} also those of {@code .zdebug_info}. */
    public Optional<ByteBuffer> contents(String name) {
        var found = section(name).filter(ElfSection::isHere);
        if (found.isEmpty() && name.startsWith(".debug")) {
            found = section(".z" + name.substring(1)).filter(ElfSection::isHere);
        }
        return found.map(this::contents);
    }

    /** Address before relocation of a byte of the file that is loaded. */
    public OptionalLong addressOfOffset(long fileOffset) {
        for (var segment : loaded) {
            if (segment.holdsOffset(fileOffset)) {
                return OptionalLong.of(fileOffset - segment.offset() + segment.address());
            }
        }
        return OptionalLong.empty();
    }

    /** The byte of the file that is at an address before relocation; none for memory that begins as zeros. */
    public OptionalLong offsetOfAddress(long address) {
        for (var segment : loaded) {
            if (segment.holdsAddress(address)) {
                long offset = address - segment.address() + segment.offset();
                return offset >= 0 && offset < bytes.size() ? OptionalLong.of(offset) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Whether a byte of the file is code of the program when it is loaded. */
    public boolean isCode(long address) {
        return loaded.stream()
                .anyMatch(each -> (each.flags() & ElfSegment.EXECUTABLE) != 0 && each.holdsAddress(address));
    }

    /** The symbols of a table, {@code .symtab} or {@code .dynsym}, in its order; none when it is not in the file. */
    public List<ElfSymbol> symbols(ElfSection table) {
        return new SymbolTable(window(table), namesOf(table)).read();
    }

    /** The symbols of {@code .symtab}, then those of {@code .dynsym}; what is in both is twice in it. */
    public List<ElfSymbol> symbols() {
        var found = new ArrayList<ElfSymbol>();
        table(ElfSection.SYMBOLS).ifPresent(table -> found.addAll(symbols(table)));
        table(ElfSection.DYNAMIC_SYMBOLS).ifPresent(table -> found.addAll(symbols(table)));
        return found;
    }

    /** Names that are defined here for other files to link with. */
    public Set<String> exports() {
        var names = new HashSet<String>();
        table(ElfSection.DYNAMIC_SYMBOLS).ifPresent(table -> {
            for (var symbol : symbols(table)) {
                if (symbol.isDefined() && symbol.isGlobal()) {
                    names.add(symbol.name());
                }
            }
        });
        return names;
    }

    /** All functions that are defined here, by address. Kept. */
    public ElfFunctions functions() {
        var known = functions;
        if (known == null) {
            known = new ElfFunctions(symbols().stream()
                    .filter(symbol -> symbol.isFunction() && symbol.isDefined())
                    .toList());
            functions = known;
        }
        return known;
    }

    /** All notes: who wrote it, its build id, static marks. */
    public List<ElfNote> notes() {
        var found = new ArrayList<ElfNote>();
        // Sections that share bytes would give more notes than the file has room for.
        long budget = bytes.size();
        for (var section : sections) {
            if (section.type() == ElfSection.NOTES) {
                var part = window(section);
                budget -= part.size();
                if (budget < 0) {
                    throw new ElfFormatException("has notes that overlap");
                }
                found.addAll(ElfNote.read(part, section.alignment()));
            }
        }
        return found;
    }

    /** Hexadecimal digits; empty when it has none. */
    public String buildId() {
        return notes().stream()
                .filter(note -> note.type() == 3 && note.owner().equals("GNU"))
                .findFirst()
                .map(note -> DebugLink.hex(
                        bytes.of(note.content()), 0, note.content().limit()))
                .orElse("");
    }

    /** Where its debug information is, when it was split off. */
    public Optional<DebugLink.Separate> debugLink() {
        return section(".gnu_debuglink").filter(ElfSection::isHere).flatMap(each -> DebugLink.separate(window(each)));
    }

    /** Where the debug information is that it shares with other files. */
    public Optional<DebugLink.Shared> sharedLink() {
        return section(".gnu_debugaltlink").filter(ElfSection::isHere).flatMap(each -> DebugLink.shared(window(each)));
    }

    /** What it tells the dynamic linker; {@link ElfDynamic#NONE} when it is static, or a file of debug information. */
    public ElfDynamic dynamic() {
        return table(ElfSection.DYNAMIC)
                .map(table -> ElfDynamic.read(window(table), namesOf(table)))
                .orElse(ElfDynamic.NONE);
    }

    /** Stubs through which it calls functions of libraries, in the order of the file; x86-64 and aarch64 only. */
    public List<PltStub> stubs() {
        return PltStubs.of(this);
    }

    /** The symbols of a section by its index. */
    SymbolTable symbolTable(int index) {
        var table = linked(index);
        return new SymbolTable(window(table), namesOf(table));
    }

    ElfBytes window(ElfSection section) {
        return windowOf(bytes(section));
    }

    /** Other bytes with the words of this file. */
    ElfBytes windowOf(ByteBuffer part) {
        return bytes.of(part);
    }

    /** The strings that belong to a table. */
    private ElfBytes namesOf(ElfSection table) {
        return window(linked(table.link()));
    }

    private ElfSection linked(int index) {
        if (index < 0 || index >= sections.size()) {
            throw new ElfFormatException("has a table that belongs to section " + index + ", which is none");
        }
        return sections.get(index);
    }

    /** The first of a type: there is at most one of those that we ask for. */
    private Optional<ElfSection> table(int type) {
        return sections.stream().filter(section -> section.type() == type).findFirst();
    }
}
