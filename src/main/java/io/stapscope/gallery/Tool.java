package io.stapscope.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * A script that comes with the product. Its first lines are comments: what it is for in English and in Chinese, each with a
 * title before the colon, then {@code category:}, {@code usage:} and {@code keywords:}.
 *
 * @param name what it is run by
 */
public record Tool(
        String name, Text english, Text chinese, String category, String usage, List<String> keywords, String script) {
    public Tool {
        keywords = List.copyOf(keywords);
    }

    /** A title of a few words, and one sentence. */
    public record Text(String title, String purpose) {
        static Text of(String line) {
            var parts = line.split(": |：", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("no title before a colon: " + line);
            }
            return new Text(parts[0], parts[1].substring(0, 1).toUpperCase(Locale.ROOT) + parts[1].substring(1));
        }
    }

    static Tool of(String name, String script) {
        var prose = new ArrayList<String>();
        var fields = new HashMap<String, String>();
        for (var line : script.lines().takeWhile(line -> line.startsWith("//")).toList()) {
            var text = line.substring(2).strip();
            if (prose.size() < 2) {
                prose.add(text);
            } else {
                var parts = text.split(":\\s*", 2);
                fields.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        return new Tool(
                name,
                Text.of(prose.get(0)),
                Text.of(prose.get(1)),
                field(fields, "category", name),
                field(fields, "usage", name),
                Arrays.asList(field(fields, "keywords", name).split("\\s+")),
                script);
    }

    private static String field(HashMap<String, String> fields, String field, String name) {
        var value = fields.get(field);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the tool " + name + " has no " + field);
        }
        return value;
    }
}
