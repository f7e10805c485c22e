package io.stapscope.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectCallsTest {
    private static final List<Class<?>> SAMPLES = List.of(
            Sample.class, Sample.Empty.class, Sample.Full.class, Sample.Word.class, Sample.Color.class, Samples.class);

    sealed interface Sample {
        record Empty() implements Sample {}

        record Full(
                boolean flag, byte small, short middle, char letter, int number, long large, float rough, double fine)
                implements Sample {}

        record Word(String text, int[] array) implements Sample {}

        enum Color implements Sample {
            RED,
            GREEN
        }

        /** A method of an interface, with a guard, so that the switch starts again behind it. */
        default String kind() {
            return switch (this) {
                case Empty _ -> "empty";
                case Full full when full.flag() -> "flagged";
                case Full full when full.number() > 0 -> "positive";
                case Full _ -> "full";
                case Word(var text, var _) -> text;
                case Color color when color == Color.RED -> "red";
                case Color _ -> "color";
            };
        }
    }

    /** What the original and the rewritten classes are asked. */
    static final class Samples implements Supplier<String> {
        private static final int[] ARRAY = {};

        @Override
        public String get() {
            record Local(int number) {}
            var answers = new StringBuilder();
            var all = all();
            for (var one : all) {
                answers.append(one instanceof Sample sample ? sample.kind() : ofConstants(one));
                answers.append(one instanceof Sample.Word ? "" : one).append(Objects.hash(one) != 0);
                answers.append(one instanceof Record && !(one instanceof Sample.Word) ? one.hashCode() : 0);
                all.forEach(other -> answers.append(Objects.equals(one, other)));
                answers.append("\n");
            }
            return answers.append(new Local(7)).toString();
        }

        /** A label that is no class: left as it was. */
        private static String ofConstants(Object value) {
            return switch (value) {
                case String text when text.isEmpty() -> "no text";
                case String _ -> "text";
                case Sample.Color.RED -> "red";
                case Integer number -> "number " + number;
                default -> "other";
            };
        }

        private static List<Object> all() {
            return List.of(
                    new Sample.Empty(),
                    new Sample.Empty(),
                    full(false, 1, 0f),
                    full(false, 1, -0f),
                    full(false, 1, Float.NaN),
                    full(false, 1, Float.NaN),
                    full(true, -1, 1f),
                    full(false, -1, 1f),
                    new Sample.Word("a", ARRAY),
                    new Sample.Word("a", ARRAY),
                    new Sample.Word("b", ARRAY),
                    Sample.Color.RED,
                    Sample.Color.GREEN,
                    "",
                    "text",
                    5,
                    5L);
        }

        private static Sample full(boolean flag, int number, float rough) {
            return new Sample.Full(flag, (byte) -3, (short) -300, 'x', number, 1L << 40, rough, -rough);
        }
    }

    @Test
    void theRewrittenClassesMeanTheSame(@TempDir Path folder) throws Exception {
        copy(folder);
        rewrite(folder);

        assertThat(madeAtFirstUse(folder)).containsOnly("Samples.typeSwitch");
        try (var loader = new OwnFirst(folder)) {
            var rewritten = loader.loadClass(Samples.class.getName());
            assertThat(rewritten).isNotSameAs(Samples.class);
            var constructor = rewritten.getDeclaredConstructor();
            constructor.setAccessible(true);
            assertThat(((Supplier<?>) constructor.newInstance()).get()).isEqualTo(new Samples().get());
        }
    }

    @Test
    void nothingIsDoneTwice(@TempDir Path folder) throws Exception {
        copy(folder);
        rewrite(folder);
        var file = folder.resolve(path(Sample.Full.class));
        var once = Files.readAllBytes(file);
        rewrite(folder);
        assertThat(Files.readAllBytes(file)).isEqualTo(once);
    }

    private static void copy(Path folder) throws IOException {
        for (var sample : SAMPLES) {
            copy(folder, path(sample));
        }
        copy(folder, path(Samples.class).replace(".class", "$1Local.class"));
    }

    private static void copy(Path folder, String path) throws IOException {
        var to = folder.resolve(path);
        Files.createDirectories(to.getParent());
        try (var in = Samples.class.getResourceAsStream("/" + path)) {
            Files.write(to, Objects.requireNonNull(in, path).readAllBytes());
        }
    }

    private static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static void rewrite(Path folder) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var step = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "src/build/DirectCalls.java", folder.toString(), "")
                .redirectErrorStream(true)
                .start();
        var said = new String(step.getInputStream().readAllBytes());
        assertThat(step.waitFor()).as(said).isZero();
    }

    /** Call sites of the kinds that are rewritten, as CLASS.NAME. */
    private static List<String> madeAtFirstUse(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> ClassFile.of().parse(read(file)).methods().stream()
                            .flatMap(method -> method.code().stream())
                            .flatMap(code -> code.elementStream())
                            .filter(InvokeDynamicInstruction.class::isInstance)
                            .map(InvokeDynamicInstruction.class::cast)
                            .filter(call -> call.bootstrapMethod()
                                    .owner()
                                    .descriptorString()
                                    .startsWith("Ljava/lang/runtime/"))
                            .map(call -> file.getFileName().toString().replaceAll("^.*\\$|\\.class$", "") + "."
                                    + call.name().stringValue()))
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the samples in a folder, not where everything else is. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(Path folder) throws IOException {
            super(new URL[] {folder.toUri().toURL()}, DirectCallsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith(DirectCallsTest.class.getName() + "$Sample")) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
