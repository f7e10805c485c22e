package io.stapscope.codegen;

import io.stapscope.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the spans that instructions come from. */
final class Origins {
    private final Map<Span, Integer> numbers = new LinkedHashMap<>();

    int number(Span span) {
        return numbers.computeIfAbsent(span, unused -> numbers.size());
    }

    List<Span> all() {
        return List.copyOf(numbers.keySet());
    }
}
