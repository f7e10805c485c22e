package io.stapscope.history.spill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything that can be read of one segment. Damage costs only the records it hit: behind them the next header is
 * searched. What was lost is known by the numbers that are missing, and whose it was when the header is undamaged.
 *
 * @param records in order
 * @param end behind the last record; what follows is torn or damaged
 * @param damaged records whose payload or header is damaged, those that numbers show to be missing included
 * @param next number after the last one seen
 * @param damagedWeight by subject, of records whose header could still be read
 */
record SegmentScan(List<SpillRecord> records, int end, long damaged, long next, Map<UUID, Long> damagedWeight) {
    /** @param first number of the segment's first record */
    static SegmentScan of(ByteBuffer segment, long first) {
        var records = new ArrayList<SpillRecord>();
        var weights = new HashMap<UUID, Long>();
        long damaged = 0;
        long expected = first;
        int at = RecordFormat.SEGMENT_HEADER;
        int end = at;
        while (at + RecordFormat.HEADER <= segment.limit()) {
            var header = RecordFormat.header(segment, at);
            if (header == null || !RecordFormat.isWhole(segment, at, header)) {
                at++;
                continue;
            }
            damaged += Math.max(0, header.seq() - expected);
            expected = header.seq() + 1;
            byte[] payload = RecordFormat.payload(segment, at, header);
            if (payload == null) {
                damaged++;
                weights.merge(header.subject(), (long) header.weight(), Long::sum);
            } else {
                records.add(new SpillRecord(header.seq(), header.subject(), header.weight(), payload));
            }
            at += RecordFormat.HEADER + header.length();
            end = at;
        }
        return new SegmentScan(records, end, damaged, expected, weights);
    }
}
