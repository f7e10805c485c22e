package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What readers are given: a program, and perhaps a file that it shares debug information with. */
final class Damaged {
    private final ByteBuffer file;
    private final @Nullable ByteBuffer supplement;
    private @Nullable ElfFile elf;

    Damaged(ByteBuffer file) {
        this(file, null);
    }

    Damaged(ByteBuffer file, @Nullable ByteBuffer supplement) {
        this.file = file;
        this.supplement = supplement;
    }

    ByteBuffer file() {
        return file;
    }

    /** Null for none. */
    @Nullable
    ByteBuffer supplement() {
        return supplement;
    }

    /** The tables of the program, read once for all readers that get that far. */
    ElfFile elf() {
        var known = elf;
        if (known == null) {
            known = ElfFile.read(file);
            elf = known;
        }
        return known;
    }

    int size() {
        return file.limit() + (supplement == null ? 0 : supplement.limit());
    }
}
