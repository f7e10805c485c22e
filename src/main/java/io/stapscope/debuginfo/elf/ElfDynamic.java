package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file tells the dynamic linker.
 *
 * @param needed names of the libraries it is linked with
 * @param soname the name that programs ask for when they need this library; empty for none
 * @param searchPath directories of DT_RPATH, which hold for the libraries of its libraries, too
 * @param runPath directories of DT_RUNPATH, which hold for its own libraries only
 */
public record ElfDynamic(List<String> needed, String soname, List<String> searchPath, List<String> runPath) {
    public static final ElfDynamic NONE = new ElfDynamic(List.of(), "", List.of(), List.of());

    static final long STRING_TABLE = 5;
    static final long SYMBOL_TABLE = 6;
    static final long STRINGS_SIZE = 10;

    private static final long END = 0;
    private static final long NEEDED = 1;
    private static final long SONAME = 14;
    private static final long RPATH = 15;
    private static final long RUNPATH = 29;

    /** All names together; those of real files are some hundred bytes. */
    private static final int MOST_LETTERS = 1 << 20;

    public ElfDynamic {
        needed = List.copyOf(needed);
        searchPath = List.copyOf(searchPath);
        runPath = List.copyOf(runPath);
    }

    /** @param names the strings that the entries mean */
    static ElfDynamic read(ElfBytes entries, ElfBytes names) {
        var needed = new ArrayList<String>();
        var soname = "";
        List<String> searchPath = List.of();
        List<String> runPath = List.of();
        int word = entries.wordSize();
        int letters = 0;
        for (long at = 0; at + 2L * word <= entries.size() && entries.word(at) != END; at += 2L * word) {
            long tag = entries.word(at);
            if (tag != NEEDED && tag != SONAME && tag != RPATH && tag != RUNPATH) {
                continue;
            }
            var text = names.text(entries.word(at + word));
            letters += text.length() + 1;
            if (letters > MOST_LETTERS) {
                throw new ElfFormatException("needs libraries with names of more than " + MOST_LETTERS + " bytes");
            }
            if (tag == NEEDED) {
                needed.add(text);
            } else if (tag == SONAME) {
                soname = text;
            } else if (tag == RPATH) {
                searchPath = List.of(text.split(":"));
            } else {
                runPath = List.of(text.split(":"));
            }
        }
        return new ElfDynamic(needed, soname, searchPath, runPath);
    }

    /** Each entry by its tag; of several the last. */
    static Map<Long, Long> entries(ElfBytes entries) {
        var found = new TreeMap<Long, Long>();
        int word = entries.wordSize();
        for (long at = 0; at + 2L * word <= entries.size() && entries.word(at) != END; at += 2L * word) {
            found.put(entries.word(at), entries.word(at + word));
        }
        return found;
    }
}
