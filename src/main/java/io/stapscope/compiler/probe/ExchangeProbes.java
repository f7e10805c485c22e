package io.stapscope.compiler.probe;

import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.probe.ExchangeContext.Kind;
import io.stapscope.host.Host;
import java.util.List;

/** procfs and input: what users of a run give it and ask of it while it runs. */
final class ExchangeProbes implements ProbeFamily {
    private static final int USUAL_SIZE = 4096;
    private static final int LARGEST_SIZE = 1 << 20;
    private static final int ALL_MAY = 0666;
    private static final List<String> FILE_WORDS = List.of("read", "write", "umask", "maxsize");

    @Override
    public List<ProbePattern> patterns() {
        return List.of(
                new ProbePattern("procfs(\"NAME\").read", "when somebody reads the run's file NAME; set $value"),
                new ProbePattern("procfs(\"NAME\").write", "when somebody wrote the run's file NAME; $value"),
                new ProbePattern("procfs(\"NAME\").umask(N).maxsize(N).read", "as read, with permissions and a size"),
                new ProbePattern("input.char", "for each character of the run's input; char"),
                new ProbePattern("input.line", "for each line of the run's input; line"));
    }

    @Override
    public boolean begins(String word) {
        return word.equals("procfs") || word.equals("input");
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        return point.word(0).equals("procfs") ? file(point) : input(point);
    }

    private static Resolution input(WrittenPoint point) {
        var argued = point.withArgument(0);
        if (argued != null) {
            return point.wrongArgument(point.parts().indexOf(argued), "`input` takes no argument", "write input.line");
        }
        var what = point.parts().size() == 2 ? point.word(1) : "";
        if (!what.equals("char") && !what.equals("line")) {
            return point.unknown(0, List.of("input.char", "input.line"));
        }
        boolean line = what.equals("line");
        return new Resolution.Found(
                new ProbePoint.Input("input." + what, line), new ExchangeContext(line ? Kind.LINE : Kind.CHARACTER));
    }

    private static Resolution file(WrittenPoint point) {
        var name = point.argument(0) == null ? "command" : text(point, 0);
        if (!name.matches("[\\w.-]{1,64}(/[\\w.-]{1,64}){0,3}") || name.contains("..")) {
            return point.wrongArgument(
                    0,
                    "`procfs` takes a name of letters, digits and `_ . -`, with `/` for a folder",
                    "write procfs(\"name\").read");
        }
        String direction = "";
        int mask = 0;
        int size = USUAL_SIZE;
        for (int part = 1; part < point.parts().size(); part++) {
            var word = point.word(part);
            boolean numbered = word.equals("umask") || word.equals("maxsize");
            if (!FILE_WORDS.contains(word) || (!numbered && !direction.isEmpty())) {
                return point.unknown(part, List.of("read", "write", "umask(N)", "maxsize(N)"));
            }
            var number = point.number(part);
            long most = word.equals("umask") ? 0777 : LARGEST_SIZE;
            if (numbered ? number == null || number < 0 || number > most : point.argument(part) != null) {
                return point.wrongArgument(
                        part,
                        numbered
                                ? "`" + word + "` takes a number from 0 to " + most
                                : "`" + word + "` takes no argument",
                        "write procfs(\"name\").umask(0222).maxsize(8192).read");
            }
            switch (word) {
                case "umask" -> mask = Math.toIntExact(number == null ? 0 : number);
                case "maxsize" -> size = Math.toIntExact(number == null ? 0 : number);
                default -> direction = word;
            }
        }
        if (direction.isEmpty()) {
            return point.unknown(0, List.of("procfs(\"name\").read", "procfs(\"name\").write"));
        }
        boolean written = direction.equals("write");
        return new Resolution.Found(
                new ProbePoint.Procfs("procfs(\"" + name + "\")." + direction, name, written, size, ALL_MAY & ~mask),
                new ExchangeContext(written ? Kind.WRITTEN : Kind.READ));
    }

    private static String text(WrittenPoint point, int part) {
        var literal = point.string(part);
        return literal == null ? "" : literal.text();
    }
}
