package io.stapscope.compiler.analysis;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.Suffix;
import io.stapscope.host.ctype.CType;
import java.util.Set;

/** Holds reads through pointers to the C types of what they read. */
final class MemoryCheck {
    private static final Set<Long> SIZES = Set.of(1L, 2L, 4L, 8L);

    private final Diagnostics diagnostics;

    MemoryCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports what is wrong with a node. @return whether its parts are worth a look, too */
    boolean check(Site site, ExpressionNode node) {
        return switch (node) {
            case ExpressionNode.Access e -> access(site, e);
            case ExpressionNode.AddressOf e -> address(site, e);
            case ExpressionNode.Cast e -> {
                if (site.types().type(e, site.context()).isEmpty()) {
                    diagnostics.add(site.types().unknownType(e, site.context()));
                }
                yield true;
            }
            case ExpressionNode.AtOperation e -> operation(site, e);
            case ExpressionNode.GlobalVariable e -> {
                global(site, e);
                yield true;
            }
            case ExpressionNode _ -> true;
        };
    }

    private void global(Site site, ExpressionNode.GlobalVariable e) {
        var program = site.context().program();
        if (program == null) {
            return;
        }
        if (!site.types().isOwn(e.module(), site.context())) {
            diagnostics.report(
                    DiagnosticCode.OPERATION_NOT_SUPPORTED,
                    e.span(),
                    "where the globals of another program lie is not known at this probe point",
                    "not supported",
                    "probe that program, or leave its name out: this one is " + program.path());
        } else if (site.types().global(e, site.context()) == null) {
            diagnostics.add(site.context().missing("@" + e.name().text(), e.span()));
        }
    }

    /** A whole struct, or a number of a kind that the language does not have. @return whether a variable is a value */
    boolean value(ExpressionNode node, ContextVariable variable) {
        if (variable.ctype() instanceof CType.Struct struct) {
            asValue(node, struct);
            return false;
        }
        if (variable.ctype() instanceof CType.Floating) {
            floating(node);
            return false;
        }
        return true;
    }

    private void floating(ExpressionNode e) {
        diagnostics.report(
                DiagnosticCode.STRUCT_AS_VALUE,
                e.span(),
                "`" + e.span().text() + "` is a floating point number, which is no value of the language",
                "no number",
                "read its bits: @uderef(8, &" + e.span().text() + ")");
    }

    private boolean access(Site site, ExpressionNode.Access e) {
        if (!site.isDefined(e.base()) || CTypes.isList(e)) {
            return true;
        }
        var problem = site.problem(e);
        if (problem != null) {
            diagnostics.add(problem);
            return false;
        }
        var path = site.path(e);
        boolean pretty = e.suffixes().getLast() instanceof Suffix.Pretty;
        if (!pretty && path.place() && path.type() instanceof CType.Struct struct) {
            asValue(e, struct);
        }
        if (!pretty && path.place() && path.type() instanceof CType.Floating) {
            diagnostics.report(
                    DiagnosticCode.STRUCT_AS_VALUE,
                    e.span(),
                    "`" + e.span().text() + "` is a floating point number, which is no value of the language",
                    "no number",
                    "read its bits: @kderef(8, &" + e.span().text() + ")");
        }
        return true;
    }

    private void asValue(ExpressionNode e, CType.Struct struct) {
        var text = e.span().text();
        diagnostics.report(
                DiagnosticCode.STRUCT_AS_VALUE,
                e.span(),
                "`" + text + "` is a whole " + struct.name() + ", which is no value of the language",
                "a struct",
                "read a member: " + text + "->" + example(struct) + ", the address: &" + text + ", or the text: " + text
                        + "$");
    }

    private static String example(CType.Struct struct) {
        return struct.flattened().stream().map(CType.Member::name).findFirst().orElse("member");
    }

    private boolean address(Site site, ExpressionNode.AddressOf e) {
        var inner = e.operand() instanceof ExpressionNode.Access access ? access.base() : e.operand();
        if (!site.isDefined(inner)) {
            return true;
        }
        var variable = site.types().offered(e.operand(), site.context());
        boolean lies = variable != null && variable.place() != null;
        if (!(e.operand() instanceof ExpressionNode.Access) && !lies) {
            diagnostics.report(
                    DiagnosticCode.NO_ADDRESS,
                    e.span(),
                    "`" + e.operand().span().text() + "` is not in memory, so it has no address",
                    "no address",
                    "take the address of a member: &pointer->member");
            return true;
        }
        var problem = site.problem(e);
        if (problem != null) {
            diagnostics.add(problem);
            return false;
        }
        if (lies) {
            return true;
        }
        var path = site.path(e);
        if (path.isBitField() || !path.place()) {
            diagnostics.report(
                    DiagnosticCode.NO_ADDRESS,
                    e.span(),
                    "`" + e.operand().span().text() + "` is a bit field: only whole bytes have an address",
                    "no address",
                    "use its value: " + e.operand().span().text());
        }
        return true;
    }

    private boolean operation(Site site, ExpressionNode.AtOperation e) {
        var first = e.arguments().getFirst();
        switch (e.operator()) {
            case ENUM, CONST -> {
                if (!(first instanceof ExpressionNode.StringLiteral)) {
                    literal(first.span(), e.operator().symbol() + "(\"ENOENT\")");
                } else if (!site.types().isConstant(e, site.context())) {
                    diagnostics.add(Diagnostic.of(
                            DiagnosticCode.UNKNOWN_CONSTANT,
                            first.span(),
                            "there is no constant " + first.span().text(),
                            "unknown constant",
                            "constants of the kernel's enumerations, and E*, O_*, SIG*, AF_* and CLONE_* are known"));
                }
            }
            case ENUMNAME -> {
                var type = e.arguments().size() < 2 ? null : e.arguments().get(1);
                if (!(type instanceof ExpressionNode.StringLiteral)) {
                    literal(e.span(), "@enumname(value, \"tcp_state\")");
                } else if (site.types().enumeration(e, site.context()).isEmpty()) {
                    diagnostics.add(Diagnostic.of(
                            DiagnosticCode.UNKNOWN_C_TYPE,
                            type.span(),
                            "this kernel has no enumeration " + type.span().text(),
                            "unknown type",
                            "write its name as in C: \"enum pid_type\""));
                }
            }
            case KDEREF, UDEREF -> {
                if (!(first instanceof ExpressionNode.NumberLiteral size) || !SIZES.contains(size.value())) {
                    literal(first.span(), e.operator().symbol() + "(8, address), with 1, 2, 4 or 8 bytes");
                }
            }
            case UREGISTER -> {
                if (!(first instanceof ExpressionNode.NumberLiteral number)
                        || number.value() < 0
                        || number.value() > 16) {
                    literal(first.span(), "@uregister(16), DWARF's number of a register: 0 to 16 on x86-64");
                }
            }
            case ERRNO, PERF, PROBEWRITE, KREGISTER -> {}
        }
        return true;
    }

    private void literal(Span span, String example) {
        diagnostics.report(
                DiagnosticCode.LITERAL_NEEDED, span, "only a literal may stand here", "no literal", "write " + example);
    }
}
