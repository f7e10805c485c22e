package io.stapscope.host.program;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The segments of a program that are code. */
final class ProgramCode {
    private final List<Segment> segments;

    /** @param offset of its first byte in the file */
    record Segment(long address, long offset, ByteBuffer bytes) {
        boolean holds(long wanted) {
            return wanted >= address && wanted - address < bytes.limit();
        }

        int position(long wanted) {
            return (int) Math.clamp(wanted - address, 0, bytes.limit());
        }

        long addressOf(int position) {
            return address + position;
        }

        long offsetOf(int position) {
            return offset + position;
        }
    }

    private ProgramCode(List<Segment> segments) {
        this.segments = segments;
    }

    static ProgramCode of(ElfFile elf, ByteBuffer file) {
        var found = new ArrayList<Segment>();
        for (var each : elf.segments()) {
            boolean code = each.type() == ElfSegment.LOAD && (each.flags() & ElfSegment.EXECUTABLE) != 0;
            if (code && each.offset() >= 0 && each.offset() < file.limit() && each.fileSize() > 0) {
                int size = (int) Math.min(each.fileSize(), file.limit() - each.offset());
                found.add(new Segment(each.address(), each.offset(), file.slice((int) each.offset(), size)));
            }
        }
        return new ProgramCode(List.copyOf(found));
    }

    boolean holds(long address) {
        return at(address).isPresent();
    }

    /** First address behind the code that holds an address; the address itself when none does. */
    long end(long address) {
        return at(address).map(each -> each.addressOf(each.bytes().limit())).orElse(address);
    }

    Optional<Segment> at(long address) {
        for (var each : segments) {
            if (each.holds(address)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
