package io.stapscope.cli;

import io.stapscope.history.bundle.BundleException;
import io.stapscope.history.bundle.BundlePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code stapscope page}: a bundle as a page that a browser shows without a service. */
final class PageCommand implements Command {
    @Override
    public String name() {
        return "page";
    }

    @Override
    public String summary() {
        return "Make of an exported bundle a page that a browser shows without a service.";
    }

    @Override
    public String operands() {
        return "BUNDLE >FILE.html";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> footer() {
        return List.of("BUNDLE is a file that the page of a capture exports; - is standard input.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        if (line.getArgList().size() != 1) {
            throw new UserException("one BUNDLE is needed, a file that the page of a capture exports");
        }
        var name = line.getArgList().getFirst();
        try {
            var bytes = name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
            BundlePage.of(bytes).write(System.out);
            System.out.flush();
            return 0;
        } catch (BundleException e) {
            throw new UserException(name + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UserException("cannot read " + name + ": " + e.getMessage());
        }
    }
}
