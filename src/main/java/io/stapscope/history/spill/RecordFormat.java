package io.stapscope.history.spill;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records as they lie in a segment, big-endian. A length is believed only after the checksum of its header.
 *
 * <pre>
 * segment:  "STAPSPL1", then records
 * record:    0  int   magic, 0x53504C52
 *            4  int   length of the payload
 *            8  long  seq
 *           16  long  subject, upper half
 *           24  long  subject, lower half
 *           32  int   weight
 *           36  int   CRC32C of the payload
 *           40  int   CRC32C of bytes 0 to 39
 *           44  payload
 * </pre>
 */
final class RecordFormat {
    static final long SEGMENT_MAGIC = 0x535441505350_4C31L;
    static final int SEGMENT_HEADER = 8;
    static final int HEADER = 44;

    private static final int MAGIC = 0x53504C52;
    private static final int CHECKED = 40;

    private RecordFormat() {}

    /** What the header of a record says. */
    record Header(int length, long seq, UUID subject, int weight, int payloadCrc) {}

    static ByteBuffer encode(SpillRecord record) {
        byte[] payload = record.payload();
        var out = ByteBuffer.allocate(HEADER + payload.length);
        out.putInt(MAGIC)
                .putInt(payload.length)
                .putLong(record.seq())
                .putLong(record.subject().getMostSignificantBits())
                .putLong(record.subject().getLeastSignificantBits())
                .putInt(record.weight())
                .putInt(crc(payload, 0, payload.length));
        out.putInt(crc(out.array(), 0, CHECKED));
        return out.put(payload).flip();
    }

    /** The header at a place, or null when there is none that is whole and undamaged. */
    static @Nullable Header header(ByteBuffer segment, int at) {
        if (at + HEADER > segment.limit() || segment.getInt(at) != MAGIC) {
            return null;
        }
        var head = new byte[CHECKED];
        segment.get(at, head);
        int length = segment.getInt(at + 4);
        if (crc(head, 0, CHECKED) != segment.getInt(at + CHECKED) || length < 0) {
            return null;
        }
        var subject = new UUID(segment.getLong(at + 16), segment.getLong(at + 24));
        return new Header(length, segment.getLong(at + 8), subject, segment.getInt(at + 32), segment.getInt(at + 36));
    }

    /** Whether the payload after a header is all there. */
    static boolean isWhole(ByteBuffer segment, int at, Header header) {
        return (long) at + HEADER + header.length() <= segment.limit();
    }

    /** The payload, or null when it is damaged. */
    static byte @Nullable [] payload(ByteBuffer segment, int at, Header header) {
        var payload = new byte[header.length()];
        segment.get(at + HEADER, payload);
        return crc(payload, 0, payload.length) == header.payloadCrc() ? payload : null;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
