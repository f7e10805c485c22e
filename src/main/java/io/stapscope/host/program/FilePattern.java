package io.stapscope.host.program;

/** A pattern of the last parts of paths: {@code main.c}, {@code src/*.c}; an absolute one means the whole path. */
final class FilePattern {
    private final NamePattern pattern;
    private final int parts;
    private final boolean absolute;

    private FilePattern(NamePattern pattern, int parts, boolean absolute) {
        this.pattern = pattern;
        this.parts = parts;
        this.absolute = absolute;
    }

    static FilePattern of(String written) {
        int parts = 1 + (int) written.chars().filter(letter -> letter == '/').count();
        return new FilePattern(NamePattern.of(written), parts, written.startsWith("/"));
    }

    boolean matches(String path) {
        return pattern.matches(absolute ? path : end(path));
    }

    private String end(String path) {
        int at = path.length();
        for (int i = 0; i < parts && at >= 0; i++) {
            at = path.lastIndexOf('/', at - 1);
        }
        return path.substring(at + 1);
    }
}
