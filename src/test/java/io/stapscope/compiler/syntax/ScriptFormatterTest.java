package io.stapscope.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Corpus.Sample;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptFormatterTest {
    static List<Sample> corpus() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aFormattedScriptIsTheSameTreeAndStaysAsItIs(Sample sample) {
        holds(sample.text());
        if (sample.text().contains("/*")) {
            return;
        }
        String squeezed = sample.text().lines().map(String::strip).reduce("", (all, line) -> all + "\n" + line);
        assertThat(format(squeezed)).isEqualTo(format(sample.text().replaceFirst("^\\s+", "")));
    }

    @Test
    void printedTreesAreFormattedToo() {
        for (int seed = 0; seed < 400; seed++) {
            holds(TreePrinter.print(new RandomTrees(seed).script()));
        }
    }

    @Test
    void commentsMayStandAnywhere() {
        var random = new Random(7);
        for (int i = 0; i < 400; i++) {
            List<Sample> corpus = Corpus.all();
            holds(commented(corpus.get(random.nextInt(corpus.size())).text(), random));
        }
    }

    private static String commented(String text, Random random) {
        var source = new SourceText("test.stp", text);
        var tokens = Lexer.run(source, List.of(), new Diagnostics());
        var out = new StringBuilder(text);
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (random.nextInt(12) == 0 && !tokens.get(i).glued()) {
                String comment =
                        switch (random.nextInt(4)) {
                            case 0 -> " # one\n";
                            case 1 -> " /* two */ ";
                            case 2 -> "\n// three\n\n\n";
                            default -> "\n/* four\n   lines */\n";
                        };
                out.insert(tokens.get(i).span().start(), comment);
            }
        }
        return out.toString();
    }

    private static void holds(String text) {
        String once = format(text);
        assertThat(tree(once)).isEqualTo(tree(text));
        assertThat(format(once)).as("again:\n" + once).isEqualTo(once);
        assertThat(comments(once)).isEqualTo(comments(text));
    }

    @Test
    void eachStatementStandsInALineOfItsOwn() {
        assertThat(format("""
                global a,b[5]%=1;global c%[10] , d="x"
                probe begin,timer.s( 1 )?,process( "ls" ) . syscall if(a>1){x=1 y=2;if(x==y)z=3 else if(!x){z=-4}else z= - - 5
                for(i=0;i<3;i++)foreach([k,v-]in b limit 5){print(b[k,v])delete b[k,*]}while(1);
                foreach(v=k in b @sum-)next try{a=b[1]?c:d}catch(e){println(e . "x")}
                }
                private function f:long(a:long,s:string):3{return a%(%(1==1%?2%:3%))}probe never{}
                probe p=q{a=1},{b=2}
                """.replace("b[5]%=1", "b[5]%").replace("a%(%(", "a % (%(")))
                .isEqualTo("""
                        global a, b[5]%;
                        global c%[10], d = "x"

                        probe begin, timer.s(1)?, process("ls").syscall if (a > 1) {
                            x = 1
                            y = 2;
                            if (x == y)
                                z = 3
                            else if (!x) {
                                z = -4
                            } else
                                z = - -5
                            for (i = 0; i < 3; i++)
                                foreach ([k, v-] in b limit 5) {
                                    print(b[k, v])
                                    delete b[k, *]
                                }
                            while (1);
                            foreach (v = k in b @sum-)
                                next
                            try {
                                a = b[1] ? c : d
                            } catch (e) {
                                println(e . "x")
                            }
                        }

                        private function f:long(a:long, s:string) :3 {
                            return a % (%( 1 == 1 %? 2 %: 3 %))
                        }

                        probe never {}

                        probe p = q {
                            a = 1
                        }, {
                            b = 2
                        }
                        """);
    }

    @Test
    void longListsOfProbePointsStandBelowEachOther() {
        assertThat(format("probe process(\"/usr/lib/postgresql/15/bin/postgres\").function(\"exec_simple_query\"), "
                        + "process(\"/usr/lib/postgresql/15/bin/postgres\").{begin, end} { x = 1 }"))
                .isEqualTo("""
                        probe process("/usr/lib/postgresql/15/bin/postgres").function("exec_simple_query"),
                              process("/usr/lib/postgresql/15/bin/postgres").{begin, end} {
                            x = 1
                        }
                        """);
    }

    @Test
    void longExpressionsAreCutAtCommasAndSigns() {
        String long1 = "a_rather_long_name_of_a_variable";
        assertThat(format("probe begin { printf(\"%s %s %s\\n\", " + String.join(", ", long1, long1, long1) + ") if ("
                        + String.join(" && ", long1, long1, long1) + ") next }"))
                .isEqualTo("""
                        probe begin {
                            printf("%s %s %s\\n", a_rather_long_name_of_a_variable, a_rather_long_name_of_a_variable,
                                    a_rather_long_name_of_a_variable)
                            if (a_rather_long_name_of_a_variable && a_rather_long_name_of_a_variable
                                    && a_rather_long_name_of_a_variable)
                                next
                        }
                        """);
    }

    @Test
    void commentsStayWithWhatTheyTell() {
        assertThat(format("""
                #! /usr/bin/env stapscope
                // first
                global a # what it is


                # the probe

                /* and more */ probe begin { # here
                a=1 // one
                  # two
                  b=2 /* b */ c=3
                  f(a, # first
                b)
                # last
                }
                # the end
                """)).isEqualTo("""
                        #! /usr/bin/env stapscope
                        // first
                        global a # what it is

                        # the probe

                        /* and more */ probe begin { # here
                            a = 1 // one
                            # two
                            b = 2 /* b */
                            c = 3
                            f(a, # first
                                    b)
                            # last
                        }
                        # the end
                        """);
    }

    @Test
    void macrosAndConditionalsKeepTheirLines() {
        assertThat(format("""
                @define each(x) %( foreach (k in @x) {
                println(k)
                } %)
                probe begin {
                @each(a)
                  %( kernel_v > "5" %?
                x = 1
                %:
                x=2
                %)
                y=%( 1==1 %?1%:2%)+1
                }
                """)).isEqualTo("""
                        @define each(x) %( foreach (k in @x) {
                                println(k)
                            } %)

                        probe begin {
                            @each(a)
                            %( kernel_v > "5" %?
                                x = 1
                            %:
                                x = 2
                            %)
                            y = %( 1 == 1 %? 1 %: 2 %) + 1
                        }
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "probe begin { x = ", "probe begin { \"x }", "a\u00a7b", "/* open", "x = 1"})
    void whatCannotBeReadStaysAsItIs(String text) {
        assertThat(format(text)).isEqualTo(text);
    }

    private static String format(String text) {
        return ScriptFormatter.format(new SourceText("test.stp", text));
    }

    private static String tree(String text) {
        return TreePrinter.print(Parse.script(new SourceText("test.stp", text), Corpus.ARGUMENTS, new Diagnostics()));
    }

    private static List<String> comments(String text) {
        var pieces = Piece.cut(new SourceText("test.stp", text));
        return pieces == null
                ? List.of()
                : pieces.stream().filter(Piece::isComment).map(Piece::text).toList();
    }
}
