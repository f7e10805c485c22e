package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.kernel.inspect.DebugFiles.Lookup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Servers that give debug information by build id (debuginfod). Asked only when $DEBUGINFOD_URLS names some; what they give is
 * kept by build id, that they have nothing is remembered as long as this object lives.
 */
final class DebugServers {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    private final List<URI> servers;
    private final Path cache;
    private final Duration longest;
    private final long mostBytes;
    private final Map<String, String> failures = new HashMap<>();

    /**
     * @param servers their addresses
     * @param cache directory for what they give
     * @param longest time for one file of one server
     * @param mostBytes of a file
     */
    DebugServers(List<URI> servers, Path cache, Duration longest, long mostBytes) {
        this.servers = List.copyOf(servers);
        this.cache = cache;
        this.longest = longest;
        this.mostBytes = mostBytes;
    }

    /** Those of $DEBUGINFOD_URLS, addresses with blanks between; what is none of http or https is left out. */
    static DebugServers of(Map<String, String> environment, Path cache) {
        var servers = new ArrayList<URI>();
        for (var word : environment.getOrDefault("DEBUGINFOD_URLS", "").strip().split("\\s+")) {
            if (word.startsWith("http://") || word.startsWith("https://")) {
                try {
                    servers.add(URI.create(word.endsWith("/") ? word : word + "/"));
                } catch (IllegalArgumentException _) {
                    // No address: the search goes on without it.
                }
            }
        }
        return new DebugServers(servers, cache, LONGEST, MOST_BYTES);
    }

    /**
     * The debug information of a build.
     *
     * @return a reason that is empty when there is nobody to ask
     */
    synchronized Lookup fetch(String buildId) {
        if (servers.isEmpty() || buildId.isEmpty()) {
            return new Lookup.Missing("");
        }
        var kept = cache.resolve(buildId + ".debug");
        if (Files.isRegularFile(kept)) {
            return new Lookup.Found(kept);
        }
        var known = failures.get(buildId);
        if (known != null) {
            return new Lookup.Missing(known);
        }
        var reasons = new ArrayList<String>();
        for (var server : servers) {
            var reason = download(server.resolve("buildid/" + buildId + "/debuginfo"), buildId, kept);
            if (reason.isEmpty()) {
                return new Lookup.Found(kept);
            }
            reasons.add(server.getHost() + " (" + reason + ")");
        }
        failures.put(buildId, String.join(", ", reasons));
        return new Lookup.Missing(String.join(", ", reasons));
    }

    /** @return why not; empty when the file is there */
    private String download(URI address, String buildId, Path kept) {
        try {
            Files.createDirectories(cache);
            var part = Files.createTempFile(cache, "part", "");
            try {
                var reason = download(address, part);
                if (reason.isEmpty() && !isBuild(part, buildId)) {
                    return "gives another build";
                }
                if (reason.isEmpty()) {
                    Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
                }
                return reason;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            return "cannot be kept in " + cache;
        }
    }

    private static boolean isBuild(Path file, String buildId) throws IOException {
        try {
            return ElfFile.read(FileBytes.of(file)).buildId().equals(buildId);
        } catch (ElfFormatException _) {
            return false;
        }
    }

    private String download(URI address, Path part) {
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(Redirect.NORMAL)
                .build();
        try {
            return ask(client, address, part);
        } finally {
            client.shutdownNow();
        }
    }

    private String ask(HttpClient client, URI address, Path part) {
        var request = HttpRequest.newBuilder(address)
                .timeout(longest)
                .header("User-Agent", "stapscope")
                .build();
        var answer = client.sendAsync(request, BodyHandlers.limiting(info -> body(info, part), mostBytes));
        try {
            int status = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status == 200 ? "" : status == 404 ? "has none of this build" : "answers " + status;
        } catch (TimeoutException _) {
            answer.cancel(true);
            return "no answer within " + longest.toSeconds() + " s";
        } catch (ExecutionException e) {
            var cause = e.getCause();
            return cause instanceof IOException
                            && String.valueOf(cause.getMessage()).contains("capacity")
                    ? "more than " + mostBytes + " bytes"
                    : "no answer";
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static HttpResponse.BodySubscriber<Path> body(HttpResponse.ResponseInfo info, Path part) {
        return info.statusCode() == 200 ? BodySubscribers.ofFile(part) : BodySubscribers.replacing(part);
    }
}
