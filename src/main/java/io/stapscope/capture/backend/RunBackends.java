package io.stapscope.capture.backend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one run knows of the backends among its keys. A name belongs to a pid and a start: when a pid is given again within the
 * run, its series hold what both did, and its words name both. What ended keeps its words. For one thread.
 */
public final class RunBackends {
    /** Processes named for one pid, the latest ones. */
    private static final int MOST_STARTS = 3;

    private final Supplier<Sighting> latest;
    private final Map<Integer, Seen> asked = new HashMap<>();
    private @Nullable Sighting compared;

    public RunBackends(Supplier<Sighting> latest) {
        this.latest = latest;
    }

    /**
     * What stands beside a pid.
     *
     * @param text who it is; several processes of one pid stand with a semicolon between
     * @param query of the latest of them
     */
    public record Words(String text, @Nullable String query) {}

    /** Null when it is no backend as far as is known; from now on {@link #changed} tells of it. */
    public @Nullable Words of(int pid) {
        var seen = asked.computeIfAbsent(pid, _ -> new Seen());
        var now = latest.get().find(pid);
        if (now != null) {
            seen.see(now);
        }
        return seen.words();
    }

    /** Pids that were asked about and have other words than at the last call. */
    public Set<Integer> changed() {
        var now = latest.get();
        if (now == compared) {
            return Set.of();
        }
        compared = now;
        var changed = new HashSet<Integer>();
        asked.forEach((pid, seen) -> {
            var backend = now.find(pid);
            if (backend != null) {
                seen.see(backend);
            }
            if (seen.isNews()) {
                changed.add(pid);
            }
        });
        return changed;
    }

    /** One pid. */
    private static final class Seen {
        private final Map<Long, String> texts = new LinkedHashMap<>();
        private @Nullable String query;
        private @Nullable Words told;

        void see(Backend backend) {
            if (!texts.containsKey(backend.startedMicros())) {
                query = null;
            }
            texts.put(backend.startedMicros(), backend.words());
            if (texts.size() > MOST_STARTS) {
                texts.remove(texts.keySet().iterator().next());
            }
            // Between two queries it may have none for a moment; the last one stays.
            query = backend.query() == null ? query : backend.query();
        }

        @Nullable
        Words words() {
            if (texts.isEmpty()) {
                return null;
            }
            var text = texts.values().stream()
                    .filter(each -> !each.isEmpty())
                    .distinct()
                    .collect(Collectors.joining("; "));
            return new Words(text, query);
        }

        boolean isNews() {
            var now = words();
            boolean news = now != null && !now.equals(told);
            told = now;
            return news;
        }
    }
}
