package io.stapscope.tracer;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.interpreter.HitContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * What users give a run and ask of it: its files and its input. Requests may come from any thread; the thread of the run
 * serves them between two hits.
 */
final class Exchange {
    private final List<Handler> handlers;
    private final HitContext own;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final StringBuilder line = new StringBuilder();
    private volatile boolean closed;

    private record Request(String file, boolean written, String content, CompletableFuture<String> answer) {}

    Exchange(List<Handler> handlers, HitContext own) {
        this.handlers = handlers.stream()
                .filter(each -> each.point() instanceof ProbePoint.Procfs || each.point() instanceof ProbePoint.Input)
                .toList();
        this.own = own;
    }

    List<RunFile> files() {
        var files = new LinkedHashMap<String, RunFile>();
        for (var handler : handlers) {
            if (handler.point() instanceof ProbePoint.Procfs file) {
                files.merge(
                        file.path(),
                        new RunFile(file.path(), !file.written(), file.written(), file.most(), file.mode()),
                        Exchange::merged);
            }
        }
        return List.copyOf(files.values());
    }

    private static RunFile merged(RunFile one, RunFile other) {
        return new RunFile(
                one.name(),
                one.readable() || other.readable(),
                one.writable() || other.writable(),
                Math.max(one.most(), other.most()),
                one.mode() & other.mode());
    }

    /** The handlers of a file run when {@link #serve} comes to it. */
    CompletableFuture<String> ask(String file, boolean written, String content) {
        var answer = new CompletableFuture<String>();
        boolean known = files().stream()
                .anyMatch(each -> each.name().equals(file) && (written ? each.writable() : each.readable()));
        if (!known) {
            answer.completeExceptionally(
                    new IllegalStateException("no probe " + (written ? "takes" : "makes") + " the file " + file));
            return answer;
        }
        int most = files().stream()
                .filter(each -> each.name().equals(file))
                .findFirst()
                .orElseThrow()
                .most();
        var kept = content.length() > most ? content.substring(0, most) : content;
        requests.add(new Request(file, written, kept, answer));
        if (closed) {
            close();
        }
        return answer;
    }

    void input(String bytes) {
        if (handlers.stream().anyMatch(each -> each.point() instanceof ProbePoint.Input)) {
            requests.add(new Request("", true, bytes, new CompletableFuture<>()));
        }
    }

    /** Runs the handlers of all that was asked. */
    void serve(BiConsumer<Handler, HitContext> run) {
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            if (request.file().isEmpty()) {
                serveInput(request.content(), run);
            } else {
                serveFile(request, run);
            }
        }
    }

    /** What is asked from now on fails, as does what waits. */
    void close() {
        closed = true;
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            request.answer().completeExceptionally(new IllegalStateException("the run has ended"));
        }
    }

    private void serveFile(Request request, BiConsumer<Handler, HitContext> run) {
        var hit = new ExchangeHit(own, request.content(), 0);
        for (var handler : handlers) {
            if (handler.point() instanceof ProbePoint.Procfs file
                    && file.path().equals(request.file())
                    && file.written() == request.written()) {
                hit = new ExchangeHit(own, hit.content(), file.most());
                run.accept(handler, hit);
            }
        }
        request.answer().complete(hit.content());
    }

    private void serveInput(String bytes, BiConsumer<Handler, HitContext> run) {
        for (int i = 0; i < bytes.length(); i++) {
            char next = bytes.charAt(i);
            each(false, String.valueOf(next), run);
            line.append(next);
            if (next == '\n') {
                each(true, line.toString(), run);
                line.setLength(0);
            }
        }
    }

    private void each(boolean wholeLine, String text, BiConsumer<Handler, HitContext> run) {
        for (var handler : handlers) {
            if (handler.point() instanceof ProbePoint.Input input && input.wholeLine() == wholeLine) {
                run.accept(handler, new ExchangeHit(own, text, 0));
            }
        }
    }

    /** Runs in our own process, with a text that came in or goes out. */
    private static final class ExchangeHit implements HitContext {
        private final HitContext own;
        private final int most;
        private final StringBuilder content;

        ExchangeHit(HitContext own, String content, int most) {
            this.own = own;
            this.most = most;
            this.content = new StringBuilder(content);
        }

        String content() {
            return content.toString();
        }

        @Override
        public long number(ContextValue value) {
            return own.number(value);
        }

        @Override
        public String text(ContextValue value) {
            return value == ContextValue.INPUT ? content() : own.text(value);
        }

        @Override
        public void answer(String text, boolean append) {
            if (!append) {
                content.setLength(0);
            }
            content.append(text, 0, Math.min(text.length(), Math.max(0, most - content.length())));
        }
    }
}
