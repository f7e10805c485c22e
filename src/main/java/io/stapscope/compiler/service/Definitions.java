package io.stapscope.compiler.service;

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
            case CursorPlace.Condition _ -> global(word.word());
            case CursorPlace.Nothing _,
                    CursorPlace.NewName _,
                    CursorPlace.Outside _,
                    CursorPlace.Point _,
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
        var scope = model.scope(body.enclosing());
        var variable = scope == null ? null : model.symbols().variable(scope, word.word());
        return variable == null ? global(word.word()) : at(variable.span());
    }

    private @Nullable Definition function(ScriptModel model, String name) {
        for (var function : model.symbols().functions()) {
            if (function.name().equals(name)) {
                return at(function.declaration().name().span());
            }
        }
        return null;
    }

    private @Nullable Definition global(String name) {
        var global = ScriptModel.of(text, host).symbols().global(name);
        return global == null ? null : at(global.span());
    }

    private Definition at(Span span) {
        var source = span.source();
        return new Definition(
                source.name(), source.text().equals(text) ? null : source.text(), span.start(), span.end());
    }
}
