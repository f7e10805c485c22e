package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notes of static marks.
 *
 * <pre>
 *  words: address | address of .stapsdt.base | semaphore;  then texts, each with NUL: provider | name | arguments
 * </pre>
 */
public final class SdtNotes {
    private static final int TYPE = 3;
    private static final int MOST_MARKS = 1 << 20;

    private final ElfFile file;
    private @Nullable Map<String, Long> addresses;

    private SdtNotes(ElfFile file) {
        this.file = file;
    }

    /**
     * In the order of the file.
     *
     * @throws ElfFormatException when a note is damaged
     */
    public static List<SdtMark> read(ElfFile file) {
        return new SdtNotes(file).marks();
    }

    private List<SdtMark> marks() {
        var base = file.section(".stapsdt.base");
        var found = new ArrayList<SdtMark>();
        for (var note : file.notes()) {
            if (note.type() == TYPE && note.owner().equals("stapsdt")) {
                found.add(mark(file.windowOf(note.content()), base.map(ElfSection::address)));
            }
            if (found.size() > MOST_MARKS) {
                throw new ElfFormatException("has more than " + MOST_MARKS + " marks");
            }
        }
        return List.copyOf(found);
    }

    private SdtMark mark(ElfBytes note, Optional<Long> base) {
        int word = note.wordSize();
        // A file may have been moved since the note was written: by as much as this section was.
        long moved = base.isPresent() ? base.get() - note.word(word) : 0;
        long semaphore = note.word(2L * word);
        if (semaphore != 0) {
            semaphore += moved;
        }
        var provider = note.text(3L * word);
        long at = 3L * word + provider.length() + 1;
        var name = note.text(at);
        at += name.length() + 1;
        var arguments = at < note.size() ? note.text(at) : "";
        return new SdtMark(
                provider,
                name,
                note.word(0) + moved,
                semaphore,
                semaphore == 0 ? 0 : file.offsetOfAddress(semaphore).orElse(0),
                new SdtArguments(file.machine(), this::address).parse(arguments));
    }

    /** What the symbol of an argument means. */
    private OptionalLong address(String symbol) {
        if (addresses == null) {
            addresses = new HashMap<>();
            for (var each : file.symbols()) {
                if (each.isDefined() && each.type() != ElfSymbol.THREAD_LOCAL) {
                    addresses.putIfAbsent(each.name(), each.value());
                }
            }
        }
        var found = addresses.get(symbol);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }
}
