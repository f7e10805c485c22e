package io.stapscope.debuginfo.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes small ELF files for tests: one segment holds the whole file at {@link #BASE}, so an address is BASE + offset. */
public final class ElfBuilder {
    static final long BASE = 0x400000;

    private static final int EXECUTABLE = 2;

    private final boolean wide;
    private final int machine;
    private final List<Part> parts = new ArrayList<>();
    private boolean withoutTable;

    /** A section to be. */
    private record Part(String name, int type, long flags, byte[] content, int link, int alignment) {}

    ElfBuilder(boolean wide, int machine) {
        this.wide = wide;
        this.machine = machine;
        parts.add(new Part("", 0, 0, new byte[0], 0, 0));
    }

    public static ElfBuilder wide() {
        return new ElfBuilder(true, Machine.X86_64);
    }

    public ElfBuilder section(String name, int type, Bytes content) {
        return section(name, type, 0, content, 0);
    }

    public ElfBuilder section(String name, int type, long flags, Bytes content, int link) {
        parts.add(new Part(name, type, flags, content.toArray(), link, 4));
        return this;
    }

    ElfBuilder withoutSectionTable() {
        withoutTable = true;
        return this;
    }

    public Bytes bytes() {
        return new Bytes(wide);
    }

    public ByteBuffer build() {
        var names = new Bytes(wide);
        var starts = new ArrayList<Integer>();
        var sections = new ArrayList<>(parts);
        for (var part : sections) {
            starts.add(names.size());
            names.text(part.name());
        }
        starts.add(names.size());
        sections.add(new Part(
                ".shstrtab", ElfSection.STRINGS, 0, names.text(".shstrtab").toArray(), 0, 1));
        var body = new Bytes(wide);
        var table = new Bytes(wide);
        int head = headSize();
        for (int i = 0; i < sections.size(); i++) {
            var part = sections.get(i);
            body.align(8);
            long offset = head + body.size();
            table.u32(starts.get(i)).u32(part.type()).word(part.flags()).word(i == 0 ? 0 : BASE + offset);
            table.word(i == 0 ? 0 : offset)
                    .word(part.content().length)
                    .u32(part.link())
                    .u32(0);
            table.word(part.alignment()).word(0);
            body.raw(part.content());
        }
        body.align(8);
        int total = head + body.size() + (withoutTable ? 0 : table.size());
        var file = new Bytes(wide);
        header(file, head + body.size(), sections.size());
        program(file, total);
        file.raw(body.toArray());
        if (!withoutTable) {
            file.raw(table.toArray());
        }
        return ByteBuffer.wrap(file.toArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the content of a section begins. */
    int offset(String name) {
        int at = headSize();
        for (var part : parts) {
            at = at + 7 & -8;
            if (part.name().equals(name)) {
                return at;
            }
            at += part.content().length;
        }
        throw new IllegalArgumentException(name);
    }

    long address(String name) {
        return BASE + offset(name);
    }

    private int headSize() {
        // The dynamic section, if there is one, has a segment of its own.
        int segments = 1 + (int) parts.stream().filter(ElfBuilder::hasSegment).count();
        return wide ? 64 + 56 * segments : 52 + 32 * segments + 4 & -8;
    }

    private static boolean hasSegment(Part part) {
        return part.type() == ElfSection.DYNAMIC || part.type() == ElfSection.NOTES;
    }

    private void header(Bytes file, long sections, int count) {
        file.u32(0x464c457f).u8(wide ? 2 : 1).u8(1).u8(1).raw(new byte[9]);
        file.u16(EXECUTABLE).u16(machine).u32(1).word(BASE);
        int segments = 1 + (int) parts.stream().filter(ElfBuilder::hasSegment).count();
        file.word(wide ? 64 : 52).word(withoutTable ? 0 : sections).u32(0).u16(wide ? 64 : 52);
        file.u16(wide ? 56 : 32).u16(segments).u16(wide ? 64 : 40);
        file.u16(withoutTable ? 0 : count).u16(withoutTable ? 0 : count - 1);
    }

    private void program(Bytes file, int total) {
        segment(file, ElfSegment.LOAD, 0, total);
        for (var part : parts) {
            if (hasSegment(part)) {
                int type = part.type() == ElfSection.DYNAMIC ? ElfSegment.DYNAMIC : ElfSegment.NOTE;
                segment(file, type, offset(part.name()), part.content().length);
            }
        }
        file.align(8);
    }

    private void segment(Bytes file, int type, long offset, long size) {
        file.u32(type);
        if (wide) {
            file.u32(5);
        }
        file.word(offset).word(BASE + offset).word(0).word(size).word(size);
        if (!wide) {
            file.u32(5);
        }
        file.word(4);
    }

    /** Little-endian bytes one after the other. */
    public static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final boolean wide;

        public Bytes(boolean wide) {
            this.wide = wide;
        }

        public Bytes u8(int value) {
            out.write(value);
            return this;
        }

        Bytes u16(int value) {
            return u8(value).u8(value >> 8);
        }

        public Bytes u32(int value) {
            return u16(value).u16(value >> 16);
        }

        Bytes u64(long value) {
            return u32((int) value).u32((int) (value >> 32));
        }

        Bytes word(long value) {
            return wide ? u64(value) : u32((int) value);
        }

        public Bytes raw(byte[] more) {
            out.writeBytes(more);
            return this;
        }

        /** With its NUL. */
        public Bytes text(String text) {
            return raw(text.getBytes(StandardCharsets.ISO_8859_1)).u8(0);
        }

        public Bytes align(int unit) {
            while (out.size() % unit != 0) {
                out.write(0);
            }
            return this;
        }

        /** A symbol of a table. */
        Bytes symbol(int name, long value, long size, int info, int section) {
            u32(name);
            return wide
                    ? u8(info).u8(0).u16(section).u64(value).u64(size)
                    : word(value).word(size).u8(info).u8(0).u16(section);
        }

        /** A note. */
        public Bytes note(String owner, int type, byte[] content) {
            u32(owner.length() + 1).u32(content.length).u32(type).text(owner).align(4);
            return raw(content).align(4);
        }

        int size() {
            return out.size();
        }

        byte[] toArray() {
            return out.toByteArray();
        }
    }
}
