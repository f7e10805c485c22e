package io.stapscope.compiler.service;

import io.stapscope.compiler.analysis.GlobalSymbol;
import io.stapscope.compiler.analysis.LocalSymbol;
import io.stapscope.compiler.service.CursorPlace.Enclosing;
import io.stapscope.compiler.service.Suggestion.Kind;
import io.stapscope.compiler.service.WordDocumentation.Word;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Suggestions for the cursor of one text. */
final class Completer {
    private static final int MOST = 1000;

    private final String text;
    private final Host host;
    private final Map<String, Suggestion> found = new LinkedHashMap<>();

    Completer(String text, Host host) {
        this.text = text;
        this.host = host;
    }

    Suggestions at(int offset) {
        return switch (CursorScan.at(text, offset)) {
            case CursorPlace.Nothing(var from) -> new Suggestions(from, true, List.of());
            case CursorPlace.NewName(var from) -> new Suggestions(from, true, List.of());
            case CursorPlace.Outside(var from, var word) -> {
                words(WordDocumentation.DECLARATIONS, Kind.KEYWORD, word);
                yield done(from);
            }
            case CursorPlace.TypeName(var from, var word) -> {
                words(WordDocumentation.TYPES, Kind.TYPE, word);
                yield done(from);
            }
            case CursorPlace.Point point -> PointSuggestions.of(point, text, host, MOST);
            case CursorPlace.Condition(var from, var word) -> {
                globals(ScriptModel.of(text, host), word);
                yield done(from);
            }
            case CursorPlace.Directive(var from, var written) -> directives(from, written);
            case CursorPlace.Member(var from, var word, var enclosing) -> {
                members(from, word, enclosing);
                yield done(from);
            }
            case CursorPlace.Body(var from, var word, var enclosing) -> {
                body(word, enclosing);
                yield done(from);
            }
        };
    }

    private void body(String word, Enclosing enclosing) {
        if (word.startsWith("@")) {
            words(WordDocumentation.OPERATORS, Kind.OPERATOR, word);
            return;
        }
        var model = ScriptModel.of(text, host);
        context(model, word, enclosing);
        if (word.startsWith("$")) {
            return;
        }
        var scope = model.scope(enclosing);
        if (scope != null) {
            scope.locals().stream()
                    .filter(local -> isWanted(local.name(), word) && !isBeingWritten(local) && !isGiven(local))
                    .forEach(local -> add(Suggestion.plain(
                            local.name(),
                            Kind.VARIABLE,
                            VariableText.type(local),
                            local.isParameter() ? "Parameter." : "")));
        }
        globals(model, word);
        words(WordDocumentation.STATEMENTS, Kind.KEYWORD, word);
        for (var function : Functions.all(model)) {
            if (isWanted(function.name(), word)) {
                add(new Suggestion(
                        function.name(),
                        Kind.FUNCTION,
                        function.signature(),
                        function.documentation(),
                        function.call()));
            }
        }
    }

    private void members(int from, String word, Enclosing enclosing) {
        for (var member : new Members(text, host).behind(from, enclosing)) {
            if (isWanted(member.name(), word)) {
                add(Suggestion.plain(member.name(), Kind.MEMBER, member.type().name(), ""));
            }
        }
    }

    private void context(ScriptModel model, String word, Enclosing enclosing) {
        if (enclosing.keyword().equals("probe")) {
            PointNames.of(model, enclosing, host).stream()
                    .filter(name -> isWanted(name.name(), word))
                    .forEach(name ->
                            add(Suggestion.plain(name.name(), Kind.CONTEXT, name.type(), name.documentation())));
        }
    }

    private void globals(ScriptModel model, String word) {
        for (GlobalSymbol global : model.symbols().globals()) {
            boolean own = global.span().source().equals(model.source());
            if (own && isWanted(global.name(), word)) {
                var apply = global.arity() > 0 ? global.name() + "[${}]" : global.name();
                add(new Suggestion(
                        global.name(),
                        Kind.GLOBAL,
                        VariableText.type(global),
                        CommentAbove.of(global.declaration().span()),
                        apply));
            }
        }
    }

    private void words(List<Word> words, Kind kind, String prefix) {
        words.stream()
                .filter(word -> isWanted(word.word(), prefix))
                .forEach(word ->
                        add(new Suggestion(word.word(), kind, word.form(), word.documentation(), word.apply())));
    }

    private Suggestions directives(int from, String written) {
        for (var directive : WordDocumentation.DIRECTIVES) {
            var letter = directive.word().substring(1);
            if (!letter.equals("%") || written.length() == 1) {
                var label = written + letter;
                add(Suggestion.plain(label, Kind.DIRECTIVE, "", directive.documentation()));
            }
        }
        return done(from);
    }

    /** The word at the cursor makes a local of itself. */
    private static boolean isBeingWritten(LocalSymbol local) {
        return local.knownType() == null && !local.isParameter();
    }

    private boolean isGiven(LocalSymbol local) {
        return found.values().stream().anyMatch(each -> each.label().equals(local.name()));
    }

    private static boolean isWanted(String name, String prefix) {
        return name.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
    }

    private void add(Suggestion suggestion) {
        found.putIfAbsent(suggestion.kind() + suggestion.label() + suggestion.detail(), suggestion);
    }

    private Suggestions done(int from) {
        var all = new ArrayList<>(found.values());
        return new Suggestions(from, all.size() <= MOST, all.subList(0, Math.min(MOST, all.size())));
    }
}
