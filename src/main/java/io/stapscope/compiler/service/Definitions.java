package io.stapscope.compiler.service;

import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.source.Span;
import io.stapscope.host.Host;
import org.jspecify.annotations.Nullable;

/** Where the names of one text are declared. */
final class Definitions {
    private final String text;
    private final Host host;

    Definitions(String text, Host host) {
        this.text = text;
        this.host = host;
    }

    @Nullable
    Definition of(WordAt word) {
        return switch (word.place()) {
            case CursorPlace.Body body -> inBody(word, body);
            case CursorPlace.Point point -> alias(point.point());
            case CursorPlace.Condition _ -> global(word.word());
            case CursorPlace.Nothing _,
                    CursorPlace.NewName _,
                    CursorPlace.Outside _,
                    CursorPlace.TypeName _,
                    CursorPlace.Member _,
                    CursorPlace.Directive _ -> null;
        };
    }

    private @Nullable Definition inBody(WordAt word, CursorPlace.Body body) {
        var model = ScriptModel.of(text, host);
        if (word.called()) {
            return function(model, word.word());
        }
        var variable = model.variable(word, body.enclosing());
        return variable == null ? null : at(variable.span());
    }

    private @Nullable Definition function(ScriptModel model, String name) {
        for (var function : model.symbols().functions()) {
            if (function.name().equals(name)
                    && !model.symbols().isLibrary(function.declaration().span().source())) {
                return at(function.declaration().name().span());
            }
        }
        var library = Library.builtIn().functions(name);
        return library.isEmpty() ? null : at(library.getFirst().name().span());
    }

    private @Nullable Definition global(String name) {
        var global = ScriptModel.of(text, host).global(name);
        return global == null ? null : at(global.span());
    }

    /** The alias that a written point uses, or that its beginning names. */
    private @Nullable Definition alias(String point) {
        var name = String.join(
                ".",
                PointSuggestions.components(point).stream()
                        .map(part -> part.replaceFirst("\\(.*", ""))
                        .toList());
        for (var alias : ScriptModel.aliases(text)) {
            if (alias.names().stream().anyMatch(each -> each.dotted().equals(name))) {
                return at(alias.names().getFirst().span());
            }
        }
        var library = Library.builtIn().aliases(name);
        return library.isEmpty()
                ? null
                : at(library.getFirst().names().getFirst().span());
    }

    private Definition at(Span span) {
        var source = span.source();
        return new Definition(
                source.name(), source.text().equals(text) ? null : source.text(), span.start(), span.end());
    }
}
