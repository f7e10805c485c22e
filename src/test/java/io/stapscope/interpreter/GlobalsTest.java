package io.stapscope.interpreter;

import static io.stapscope.interpreter.Ir.add;
import static io.stapscope.interpreter.Ir.extract;
import static io.stapscope.interpreter.Ir.feed;
import static io.stapscope.interpreter.Ir.foreach;
import static io.stapscope.interpreter.Ir.keys;
import static io.stapscope.interpreter.Ir.number;
import static io.stapscope.interpreter.Ir.print;
import static io.stapscope.interpreter.Ir.read;
import static io.stapscope.interpreter.Ir.set;
import static io.stapscope.interpreter.Ir.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Extractor;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.ir.Statement.Sort;
import io.stapscope.compiler.type.Type;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GlobalsTest {
    private static final Local K = Ir.local(0, Type.LONG);
    private static final Local NAME = Ir.local(1, Type.STRING);
    private static final Local V = Ir.local(2, Type.LONG);
    private static final List<Local> LOCALS = List.of(K, NAME, V);

    private final Global counts = Ir.array(0, Type.LONG, 100, false, Type.LONG, Type.STRING);
    private final Global sizes = Ir.array(1, Type.STATISTIC, 100, false, Type.LONG);
    private final Global total = Ir.scalar(2, Type.LONG, 5L);
    private final Global word = Ir.scalar(3, Type.STRING, null);
    private final Global sample = Ir.scalar(4, Type.STATISTIC, null);
    private final List<Global> globals = List.of(counts, sizes, total, word, sample);

    @Test
    void scalarsStartWithTheirInitialValueAndAreDeletedToNothing() {
        var execution = run(
                print(read(total)),
                add(total, number(2), V),
                print(read(V), read(total)),
                new Statement.DeleteGlobal(Ir.HERE, total),
                set(word, text("w")),
                print(read(total), read(word)));
        assertThat(execution.printed).hasToString("5 7 7 0 w ");
    }

    @Test
    void foreachVisitsInTheOrderOfInsertion() {
        assertThat(run(three(), visit(null, null)).printed).hasToString("2 b 1 c 3 a ");
    }

    @Test
    void replacingAnElementKeepsItsPlaceAndReinsertingDoesNot() {
        var execution = run(
                three(),
                set(counts, number(9), number(2), text("b")),
                deleteElement(number(1), text("c")),
                set(counts, number(9), number(1), text("c")),
                visit(null, null));
        assertThat(execution.printed).hasToString("2 b 3 a 1 c ");
    }

    @Test
    void foreachSortsByKeysAndValuesAndTakesTheFirst() {
        assertThat(run(three(), visit(new Sort(0, false, null), null)).printed).hasToString("1 c 2 b 3 a ");
        assertThat(run(three(), visit(new Sort(1, true, null), null)).printed).hasToString("1 c 2 b 3 a ");
        assertThat(run(three(), visit(new Sort(-1, true, null), number(2))).printed)
                .hasToString("3 a 2 b ");
        assertThat(run(three(), visit(null, number(-1))).printed).hasToString("");
    }

    @Test
    void tiesStayInTheOrderOfInsertion() {
        var execution = run(
                set(counts, number(1), number(3), text("x")),
                set(counts, number(1), number(1), text("y")),
                set(counts, number(2), number(2), text("z")),
                visit(new Sort(-1, true, null), null));
        assertThat(execution.printed).hasToString("2 z 3 x 1 y ");
    }

    @Test
    void foreachWalksOverASnapshotAndGivesTheValue() {
        var body = Ir.block(deleteElement(number(3), text("a")), print(read(K), read(V)));
        var loop = new Statement.Foreach(Ir.HERE, counts, List.of(K, NAME), V, List.of(), null, null, body);
        assertThat(run(three(), loop).printed).hasToString("2 20 1 10 3 30 ");
    }

    @Test
    void slicesSelectElements() {
        var slice = Arrays.<Expression>asList(null, text("b"));
        var loop = new Statement.Foreach(
                Ir.HERE, counts, List.of(K, NAME), null, slice, null, null, Ir.block(print(read(K))));
        var execution = run(
                three(),
                set(counts, number(1), number(8), text("b")),
                loop,
                print(new Expression.Contains(Ir.HERE, counts, slice)),
                new Statement.DeleteElement(Ir.HERE, counts, slice),
                print(new Expression.Contains(Ir.HERE, counts, slice)),
                visit(null, null));
        assertThat(execution.printed).hasToString("2 8 1 0 1 c 3 a ");
    }

    @Test
    void statisticsAreSortedByWhatIsExtracted() {
        var statements = new Statement[] {
            feed(sizes, number(100), number(1)),
            feed(sizes, number(1), number(2)),
            feed(sizes, number(2), number(2)),
            foreach(sizes, List.of(K), new Sort(-1, true, null), null, print(read(K))),
            foreach(sizes, List.of(K), new Sort(-1, true, Extractor.SUM), null, print(read(K))),
            print(extract(Extractor.AVERAGE, sizes, number(2)), extract(Extractor.MAX, sizes, number(2)))
        };
        assertThat(run(statements).printed).hasToString("2 1 1 2 1 2 ");
    }

    @Test
    void anEmptyStatisticHasACountAndASumAndNothingElse() {
        var execution = run(
                print(extract(Extractor.COUNT, sample), extract(Extractor.SUM, sample)),
                print(extract(Extractor.AVERAGE, sample)));
        assertThat(execution.printed).hasToString("0 0 ");
        assertThat(execution.outcome)
                .isEqualTo(
                        new Outcome.Failed("empty aggregate near identifier '@avg' at test.stp:1:1", Ir.HERE, false));
    }

    @Test
    void aFullArrayIsASoftErrorThatNamesTheLimit() {
        var sized = Ir.array(0, Type.LONG, 2, false, Type.LONG);
        var execution = Execution.of(List.of(sized), LOCALS, fill(sized, 3));
        assertThat(execution.outcome)
                .isEqualTo(new Outcome.Failed(
                        "Array overflow, check size limit (2) near identifier 'g0' at test.stp:1:1", Ir.HERE, false));
        var unsized = Ir.array(0, Type.LONG, 2048, false, Type.LONG);
        assertThat(Execution.of(List.of(unsized), LOCALS, fill(unsized, 2049)).outcome)
                .isEqualTo(new Outcome.Failed(
                        "Array overflow, check MAXMAPENTRIES near identifier 'g0' at test.stp:1:1", Ir.HERE, false));
    }

    @Test
    void aWrappingArrayDropsTheOldestInsertedElement() {
        var wrapping = Ir.array(0, Type.LONG, 2, true, Type.LONG);
        var execution = Execution.of(List.of(wrapping), LOCALS, fill(wrapping, 5));
        assertThat(execution.globals.elements(wrapping))
                .containsExactly(new GlobalStore.Element(keys(3L), 3L), new GlobalStore.Element(keys(4L), 4L));
    }

    @Test
    void histogramsPrintTheirTable() {
        var linear = Ir.global(0, List.of(), Type.STATISTIC, 1, false, new Global.LinearScale(0, 10, 5), null);
        var execution = Execution.of(
                List.of(linear),
                List.of(),
                feed(linear, number(3)),
                new Statement.PrintHistogram(Ir.HERE, linear, List.of(), true),
                new Statement.PrintHistogram(Ir.HERE, linear, List.of(), false));
        assertThat(execution.printed.toString().lines().map(String::strip))
                .filteredOn(line -> line.contains("@"))
                .allMatch(line -> line.matches("[02] \\|@ +1"))
                .hasSize(2);
        assertThat(Execution.of(
                                List.of(linear),
                                List.of(),
                                new Statement.PrintHistogram(Ir.HERE, linear, List.of(), false))
                        .outcome)
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void unreadGlobalsAreDisplayed() {
        var execution = run(
                three(),
                set(word, text("say \"hi\"\n")),
                feed(sizes, number(7), number(3)),
                feed(sizes, number(1), number(4)),
                feed(sizes, number(2), number(4)));
        execution.printed.setLength(0);
        globals.forEach(global -> GlobalDisplay.print(global, execution.globals, execution));
        assertThat(execution.printed).hasToString("""
                        g0[3,"a"]=30
                        g0[2,"b"]=20
                        g0[1,"c"]=10
                        g1[4] @count=2 @min=1 @max=2 @sum=3 @avg=1
                        g1[3] @count=1 @min=7 @max=7 @sum=7 @avg=7
                        g2=5
                        g3="say \\"hi\\"\\n"
                        g4 @count=0x0
                        """);
    }

    private Statement three() {
        return Ir.block(
                set(counts, number(20), number(2), text("b")),
                set(counts, number(10), number(1), text("c")),
                set(counts, number(30), number(3), text("a")));
    }

    private Statement deleteElement(Expression... keys) {
        return new Statement.DeleteElement(Ir.HERE, counts, List.of(keys));
    }

    private Statement visit(Sort sort, Expression limit) {
        return foreach(counts, List.of(K, NAME), sort, limit, print(read(K), read(NAME)));
    }

    private static Statement[] fill(Global array, int elements) {
        var statements = new Statement[elements];
        for (int i = 0; i < elements; i++) {
            statements[i] = set(array, number(i), number(i));
        }
        return statements;
    }

    private Execution run(Statement... body) {
        return Execution.of(globals, LOCALS, body);
    }
}
