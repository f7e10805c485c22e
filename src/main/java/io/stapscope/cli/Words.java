package io.stapscope.cli;

import java.util.ArrayList;
import org.apache.commons.cli.Options;

/** The words of a command line in the one form that the parser reads without guessing. */
final class Words {
    private Words() {}

    /** {@code -T10 -vvp4 -DMAXACTION=5} -> {@code -T 10 -v -v -p 4 -D MAXACTION=5}; values of options stay as they are. */
    static String[] separated(Options options, String[] words) {
        var result = new ArrayList<String>();
        boolean isValue = false;
        boolean onlyOperands = false;
        for (var word : words) {
            onlyOperands |= !isValue && word.equals("--");
            if (isValue || onlyOperands || word.length() < 2 || word.charAt(0) != '-') {
                result.add(word);
                isValue = false;
            } else if (word.startsWith("--")) {
                result.add(word);
                isValue = word.indexOf('=') < 0 && takesValue(options, word.substring(2));
            } else {
                isValue = separate(options, word, result);
            }
        }
        return result.toArray(String[]::new);
    }

    /** Whether the value of the last one is still to come. */
    private static boolean separate(Options options, String word, ArrayList<String> result) {
        for (int i = 1; i < word.length(); i++) {
            var name = word.substring(i, i + 1);
            if (!options.hasShortOption(name)) {
                // Kept together, so that the complaint shows what was written.
                result.add(i == 1 ? word : "-" + word.substring(i));
                return false;
            }
            result.add("-" + name);
            if (takesValue(options, name)) {
                if (i + 1 < word.length()) {
                    result.add(word.substring(i + 1));
                    return false;
                }
                return true;
            }
        }
        return false;
    }

    private static boolean takesValue(Options options, String name) {
        var option = options.getOption(name);
        return option != null && option.hasArg() && !option.hasOptionalArg();
    }
}
