package io.stapscope.codegen;

import io.stapscope.codegen.RecordSpec.Field;
import io.stapscope.codegen.RecordSpec.Kind;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the records of a script. A handler that is written into two programs sends the same records from both. */
final class Records {
    private record Site(int handler, Kind kind, Span span, List<Field> fields, Format format) {}

    private final Map<Site, RecordSpec> bySite = new LinkedHashMap<>();

    RecordSpec add(Kind kind, Span span, int handler, List<Field> fields, int size, Format format) {
        var site = new Site(handler, kind, span, fields, format);
        return bySite.computeIfAbsent(
                site, unused -> new RecordSpec(bySite.size(), kind, span, handler, fields, size, format));
    }

    boolean isEmpty() {
        return bySite.isEmpty();
    }

    List<RecordSpec> all() {
        return List.copyOf(bySite.values());
    }
}
