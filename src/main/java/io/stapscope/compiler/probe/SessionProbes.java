package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import java.util.List;

/** begin, end, error and never: the run's own course. */
final class SessionProbes implements ProbeFamily {
    private static final List<String> WORDS = List.of("begin", "end", "error", "never");

    @Override
    public List<ProbePattern> patterns() {
        return List.of(
                new ProbePattern("begin", "when the run starts, before any other probe is attached"),
                new ProbePattern("begin(N)", "as begin, in ascending order of N; begin stands for 0"),
                new ProbePattern("end", "when the run ends without errors, after everything is detached"),
                new ProbePattern("end(N)", "as end, in ascending order of N; end stands for 0"),
                new ProbePattern("error", "when the run ends by errors"),
                new ProbePattern("error(N)", "as error, in ascending order of N; error stands for 0"),
                new ProbePattern("never", "never; the handler is only checked"));
    }

    @Override
    public boolean begins(String word) {
        return WORDS.contains(word);
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        var word = point.word(0);
        if (point.parts().size() > 1) {
            return point.unknown(0, WORDS);
        }
        var order = point.number(0);
        if (point.argument(0) != null && (order == null || word.equals("never"))) {
            return point.wrongArgument(
                    0,
                    word.equals("never") ? "`never` takes no argument" : "`" + word + "` takes a number",
                    word.equals("never") ? "write never" : "write " + word + " or " + word + "(1)");
        }
        var text = order == null ? word : word + "(" + order + ")";
        long rank = order == null ? 0 : order;
        return new Resolution.Found(
                switch (word) {
                    case "begin" -> new ProbePoint.Begin(text, rank);
                    case "end" -> new ProbePoint.End(text, rank);
                    case "error" -> new ProbePoint.Error(text, rank);
                    default -> new ProbePoint.Never(text);
                },
                NoContext.INSTANCE);
    }
}
