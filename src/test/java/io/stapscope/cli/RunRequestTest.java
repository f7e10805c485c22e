package io.stapscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.compiler.Switches;
import io.stapscope.compiler.Switches.Privilege;
import io.stapscope.compiler.ir.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {
    private static RunRequest request(String... words) throws UserException {
        return RunRequest.of(Main.parse(new RunCommand(), words));
    }

    @Test
    void withoutOptionsTheFirstWordIsTheScriptAndEverythingRuns() throws UserException {
        var request = request("script.stp", "41", "word");
        assertThat(request.text()).isNull();
        assertThat(request.words()).containsExactly("script.stp", "41", "word");
        assertThat(request.pass()).isEqualTo(5);
        assertThat(request.warnings()).isTrue();
        assertThat(request.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(request.switches())
                .usingRecursiveComparison()
                .ignoringFields("user")
                .isEqualTo(Switches.DEFAULT);
    }

    @Test
    void optionsMayBeGluedToTheirValuesAndToEachOther() throws UserException {
        var request = request("-vvp4", "-T10", "-x7", "-DMAXACTION=5", "-e", "probe begin {}", "-ofile", "-s3");
        assertThat(request.verbosity()).isEqualTo(2);
        assertThat(request.pass()).isEqualTo(4);
        assertThat(request.seconds()).isEqualTo(10);
        assertThat(request.targetPid()).isEqualTo(7);
        assertThat(request.output()).isEqualTo("file");
        assertThat(request.limits().maxAction()).isEqualTo(5);
        assertThat(request.limits().ringBytes()).isEqualTo(4 << 20);
        assertThat(request.text()).isEqualTo("probe begin {}");
    }

    @Test
    void aScriptWithSignsOfAssignmentAndQuotesArrivesAsItIs() throws UserException {
        assertThat(request("-e", "\"a=b\"").text()).isEqualTo("\"a=b\"");
        assertThat(request("-eprobe begin { a = 1 }").text()).isEqualTo("probe begin { a = 1 }");
    }

    @Test
    void wordsAfterTwoDashesBelongToTheScript() throws UserException {
        assertThat(request("-e", "x", "--", "-v", "-9").words()).containsExactly("-v", "-9");
    }

    @Test
    void everyLimitCanBeSet() throws UserException {
        var limits = request(
                        "-D",
                        "MAXSTRINGLEN=64",
                        "-DMAXMAPENTRIES=10",
                        "-D",
                        "MAXACTION=7",
                        "-D",
                        "MAXACTION_INTERRUPTIBLE=8",
                        "-D",
                        "MAXNESTING=3",
                        "-D",
                        "MAXERRORS=2")
                .limits();
        assertThat(limits).isEqualTo(new Limits(64, 10, 7, 8, 3, 2, Limits.DEFAULT.maxSkipped()));
    }

    @Test
    void moreActionsForTheKernelMeanMoreInUserSpace() throws UserException {
        assertThat(request("-DMAXACTION=5000").limits().maxActionInterruptible())
                .isEqualTo(50_000);
    }

    @Test
    void theSwitchesOfTheCompilerAreReadFromTheirOptions() throws UserException {
        var request = request(
                "-g",
                "-u",
                "-w",
                "-W",
                "-t",
                "-G",
                "a=5",
                "-Gb=x=y",
                "--skip-badvars",
                "--no-global-var-display",
                "--unprivileged");
        int user = request.switches().user();
        assertThat(request.switches())
                .isEqualTo(
                        new Switches(true, false, false, true, Privilege.STAPUSR, user, Map.of("a", "5", "b", "x=y")));
        assertThat(request.timing()).isTrue();
        assertThat(request.warnings()).isFalse();
        assertThat(request.warningsAreErrors()).isTrue();
        assertThat(request("--privilege=stapsys").switches().privilege()).isEqualTo(Privilege.STAPSYS);
    }

    @Test
    void suppressedErrorsNeverEndTheScript() throws UserException {
        var request = request("--suppress-handler-errors");
        assertThat(request.suppressErrors()).isTrue();
        assertThat(request.limits().maxErrors()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void listingsTakeOnePattern() throws UserException {
        assertThat(request("-l", "syscall.**").listing()).isEqualTo("syscall.**");
        assertThat(request("-l", "x").variables()).isFalse();
        assertThat(request("-L", "x").listing()).isEqualTo("x");
        assertThat(request("-L", "x").variables()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -T x                     | -T x: not a number
            -T 0                     | -T 0: allowed are 1 to 2147483647
            -p 6                     | -p 6: allowed are 1 to 5
            -s 0                     | -s 0: allowed are 1 to 1024
            -D MAXACTION             | -D MAXACTION: write NAME=VALUE
            -D MAXACTION=many        | -D MAXACTION many: not a number
            -D MAXSTRINGLEN=1        | -D MAXSTRINGLEN 1: allowed are 16 to 4096
            -G =5                    | -G =5: write NAME=VALUE
            -c true -x 1             | -c and -x both name the target process: give one of them
            -l a -L b                | -l and -L both list probe points: give one of them
            --privilege=root         | --privilege=root: there are stapusr, stapsys and stapdev
            --nonsense               | unrecognized option: --nonsense; see stapscope run --help
            -Z                       | unrecognized option: -Z; see stapscope run --help
            -vZ                      | unrecognized option: -Z; see stapscope run --help
            -e                       | missing argument for option: e; see stapscope run --help
            """)
    void aWrongOptionIsNamedWithWhatIsAllowed(String words, String message) {
        assertThatThrownBy(() -> request(words.split(" ")))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    @Test
    void anUnknownLimitNamesThoseThereAre() {
        assertThatThrownBy(() -> request("-DMAXNOTHING=3"))
                .hasMessage("-D MAXNOTHING: not a limit; there are MAXSTRINGLEN, MAXMAPENTRIES, MAXACTION,"
                        + " MAXACTION_INTERRUPTIBLE, MAXNESTING, MAXERRORS");
    }

    @Test
    void aLimitWithoutMeaningIsAcceptedWithAReason() throws Exception {
        assertThat(request("-DSTP_NO_OVERLOAD", "-DMAXTRYLOCK=5", "-w").limits())
                .isEqualTo(request("-w").limits());
        assertThat(LimitOptions.warnings(Map.of("MAXTRYLOCK", "5")))
                .containsExactly("WARNING: -D MAXTRYLOCK changes nothing: there are no locks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-k", "-m", "-r", "-R", "-I", "-F", "-S", "-b", "-d"})
    void anOptionOfStapThatMeansNothingHereIsRefusedWithAReason(String option) {
        assertThatThrownBy(() -> request(option, "-e", "probe begin {}"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(option + " ");
        assertThat(HelpText.of(new RunCommand())).doesNotContain("  " + option + " ");
    }

    @Test
    void theHelpNamesEveryOptionWithin80Columns() {
        var help = HelpText.of(new RunCommand());
        assertThat(help).startsWith("Usage: stapscope run [OPTION...] [FILE] [ARG...]\n");
        for (var option : "-e -c -x -T -o -v -p -l -L -D -G -g -u -w -W -s -t -h".split(" ")) {
            assertThat(help).containsPattern("(?m)^  " + option + "[ ,]");
        }
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    }
}
