package io.stapscope.compiler.service;

import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.service.Functions.Callable;
import io.stapscope.host.Host;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of words of one text. */
final class Hovers {
    private final String text;
    private final Host host;

    Hovers(String text, Host host) {
        this.text = text;
        this.host = host;
    }

    @Nullable
    Hover of(WordAt word) {
        return switch (word.place()) {
            case CursorPlace.Nothing _ -> directive(word);
            case CursorPlace.Directive _ -> directive(word);
            case CursorPlace.Point point -> point(word, point);
            case CursorPlace.Condition _ -> global(word);
            case CursorPlace.NewName _ -> word.called() ? functions(word, ScriptModel.of(text, host)) : global(word);
            case CursorPlace.Outside _, CursorPlace.TypeName _ -> fixed(word);
            case CursorPlace.Member member -> member(word, member);
            case CursorPlace.Body body -> inBody(word, body.enclosing());
        };
    }

    private @Nullable Hover inBody(WordAt word, Enclosing enclosing) {
        var fixed = fixed(word);
        if (fixed != null) {
            return fixed;
        }
        var model = ScriptModel.of(text, host);
        var given = enclosing.keyword().equals("probe") ? PointNames.named(model, enclosing, host, word.word()) : null;
        if (given != null) {
            return hover(word, given.name() + ":" + given.type(), given.documentation());
        }
        if (word.called()) {
            return functions(word, model);
        }
        var variable = model.variable(word, enclosing);
        if (variable == null) {
            return functions(word, model);
        }
        return hover(word, VariableText.of(variable), VariableText.comment(variable));
    }

    private @Nullable Hover member(WordAt word, CursorPlace.Member place) {
        return new Members(text, host)
                .behind(place.from(), place.enclosing()).stream()
                        .filter(member -> member.name().equals(word.word()))
                        .map(member -> hover(word, member.type().name() + " " + member.name(), ""))
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable Hover functions(WordAt word, ScriptModel model) {
        var functions = Functions.named(model, word.word());
        if (functions.isEmpty()) {
            return null;
        }
        return hover(
                word,
                functions.stream().map(Callable::signature).collect(Collectors.joining("\n")),
                functions.stream().map(Callable::documentation).distinct().collect(Collectors.joining("\n")));
    }

    private @Nullable Hover global(WordAt word) {
        var global = ScriptModel.of(text, host).global(word.word());
        return global == null ? fixed(word) : hover(word, VariableText.of(global), VariableText.comment(global));
    }

    private @Nullable Hover point(WordAt word, CursorPlace.Point point) {
        var fixed = fixed(word);
        if (fixed != null && point.written().isEmpty()) {
            return fixed;
        }
        var known = PointSuggestions.known(point.point(), word.called(), text, host);
        return known == null ? null : hover(word, known.text(), known.documentation());
    }

    private static @Nullable Hover directive(WordAt word) {
        return WordDocumentation.DIRECTIVES.stream()
                .filter(directive -> directive.word().equals(word.word()))
                .map(directive -> hover(word, directive.form(), directive.documentation()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Hover fixed(WordAt word) {
        var known = WordDocumentation.of(word.word());
        return known == null ? null : hover(word, known.form(), known.documentation());
    }

    private static Hover hover(WordAt word, String code, String documentation) {
        return new Hover(word.start(), word.end(), code, documentation);
    }
}
