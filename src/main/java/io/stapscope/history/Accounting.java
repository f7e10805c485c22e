package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells what of a capture is missing and whether its figures agree with one another. */
public interface Accounting {
    /** Fails with {@link NoSuchCaptureException}. */
    Uni<Account> of(UUID capture);

    /**
     * The account of a capture, as far as it is stored.
     *
     * @param complete null while it runs; true only when nothing is missing and every balance is 0
     * @param inexact why it is not, as name=number
     * @param lines printed; {@code storedLines} of them are stored
     */
    record Account(
            @Nullable Boolean complete,
            List<String> inexact,
            LossRecord losses,
            long refused,
            long lines,
            long storedLines,
            List<Gap> gaps) {
        public Account {
            inexact = List.copyOf(inexact);
            gaps = List.copyOf(gaps);
        }
    }

    /**
     * Time that is not in the windows, or only in part.
     *
     * @param lost rows, null when nobody can tell
     */
    record Gap(
            long fromMillis,
            long toMillis,
            GapReason reason,
            @Nullable Long lost,
            String detail) {}
}
