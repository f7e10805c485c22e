package io.stapscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.Compilation.Compiled;
import io.stapscope.compiler.Compilation.Rejected;
import io.stapscope.compiler.CompileOptions;
import io.stapscope.compiler.Compiler;
import io.stapscope.compiler.Switches;
import io.stapscope.compiler.diagnostic.Severity;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.host.Host;
import io.stapscope.host.RecordedHost;
import io.stapscope.kernel.inspect.LiveHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Holds the tables of {@code docs/LANGUAGE.md} to the compiler: the script of each row is compiled for this machine, and
 * must be accepted or refused with the code that the row tells. With {@code -Dgolden.update=true} the cells are written.
 */
@Tag("kernel")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LanguageTableKernelTest {
    private static final Path PAGE = Path.of("docs/LANGUAGE.md");
    private static final String CONSTRUCTS = "| construct | support | script | remark |";
    private static final String FUNCTIONS = "| function | support | where | remark |";
    private static final Pattern DECLARES = Pattern.compile("(?s)\\A\\s*(probe|global|function|private|@define).*");
    private static final Pattern SIGNATURE = Pattern.compile("`(\\w+)(?::(\\w+))? ?\\((.*)\\)`");

    private static final Switches GURU = new Switches(true, true, true, false, Switches.Privilege.STAPDEV, 0, Map.of());

    private final Host host = LiveHost.ofThisProcess();

    @Test
    void everyRowIsWhatTheCompilerSays() throws IOException {
        var lines = Files.readAllLines(PAGE);
        var checked = new ArrayList<String>();
        String table = "";
        int rows = 0;
        for (var line : lines) {
            if (!line.startsWith("|")) {
                table = "";
            } else if (line.equals(CONSTRUCTS) || line.equals(FUNCTIONS)) {
                table = line;
            } else if (!table.isEmpty() && !line.startsWith("| ---")) {
                line = row(table, line);
                rows++;
            }
            checked.add(line);
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.write(PAGE, checked);
        }
        assertThat(String.join("\n", checked)).isEqualTo(String.join("\n", lines));
        assertThat(rows).as("rows of the tables").isGreaterThan(600);
    }

    private String row(String table, String line) {
        var cells = new ArrayList<>(Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", -1))
                .map(String::strip)
                .toList());
        var script = table.equals(CONSTRUCTS) ? code(cells.get(2)) : call(cells.get(0), cells.get(2));
        cells.set(1, support(cells.get(1), script, cells.get(3).contains("`-g`") ? GURU : Switches.DEFAULT));
        return "| " + cells.subList(0, 4).stream().collect(Collectors.joining(" | ")) + " |";
    }

    /** A script that is an option is read by the command line. */
    private String support(String told, String script, Switches switches) {
        if (script.startsWith("-")) {
            return option(told, script);
        }
        var text = DECLARES.matcher(script).matches() ? script : "probe begin { " + script + " }";
        var options = new CompileOptions(
                script.contains("$#") || script.contains("@#") ? List.of("1") : List.of(),
                true,
                "/bin/true",
                CompileOptions.defaults().limits(),
                switches);
        // Few machines have programs with debug information.
        Host on = text.contains("process(\"demo\")") ? new RecordedHost() : host;
        return switch (Compiler.compile(new SourceText("row.stp", text), on, options)) {
            case Compiled _ -> told.startsWith("differs") ? told : "yes";
            case Rejected(var diagnostics) ->
                (told.startsWith("yes:") ? "yes: error " : "refused: ")
                        + diagnostics.stream()
                                .filter(each -> each.severity() == Severity.ERROR)
                                .map(each -> each.code().id())
                                .findFirst()
                                .orElseThrow();
        };
    }

    private static String option(String told, String option) {
        try {
            var line = new DefaultParser().parse(RunSyntax.options(), (option + " -e x").split(" "));
            RunRequest.of(line);
            return told.startsWith("differs") ? told : "yes";
        } catch (ParseException | UserException e) {
            return "refused";
        }
    }

    /** What stands between the backticks of a cell. */
    private static String code(String cell) {
        var text = cell.replaceAll("\\A`+ ?| ?`+\\z", "");
        return text.replace("\\|", "|").replace('⏎', '\n');
    }

    /** A call of a function with values of the right types, where it makes sense. */
    private static String call(String cell, String where) {
        var signature = SIGNATURE.matcher(cell);
        if (!signature.matches()) {
            throw new IllegalArgumentException("no signature: " + cell);
        }
        var arguments = signature.group(3).isBlank()
                ? List.<String>of()
                : Arrays.stream(signature.group(3).split(","))
                        .map(each -> each.endsWith(":string") ? "\"a\"" : "1")
                        .toList();
        var call = signature.group(1) + "(" + String.join(", ", arguments) + ")";
        var statement = signature.group(2) == null ? call : "print(" + call + ")";
        return "probe " + (where.isEmpty() ? "process.syscall" : code(where)) + " { " + statement + " }";
    }
}
