package io.stapscope.history;

/**
 * What an owner's captures take, in bytes of rows with their share of the index.
 *
 * @param predictedBytes what they will take when the last hour goes on like this for as long as everything is kept
 */
public record StoreUsage(String owner, long secondBytes, long minuteBytes, long lineBytes, long predictedBytes) {
    public long bytes() {
        return secondBytes + minuteBytes + lineBytes;
    }
}
