import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the build, after the compiler: {@code java DirectCalls.java FOLDER [CLASSPATH]} rewrites the class files of a
 * folder. A switch over types, and the equals, hashCode and toString of a record, are compiled to "invokedynamic": the JVM
 * makes their code at the first use, 1 to 2 ms each, and its start-up cache cannot keep it. Here they become the plain
 * methods that the JVM would make. What a switch asks besides classes (constants, enums) stays as it is. See
 * docs/decisions/011-no-code-made-at-first-use.md.
 */
final class DirectCalls {
    private static final String SWITCH = "Ljava/lang/runtime/SwitchBootstraps;";
    private static final String RECORD = "Ljava/lang/runtime/ObjectMethods;";
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
    private static final int PRIVATE_STATIC = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    private final ClassFile files;

    private DirectCalls(ClassFile files) {
        this.files = files;
    }

    /** A method to write into a class, in place of what the JVM would make for a call site. */
    private record Written(String name, MethodTypeDesc type, List<ConstantDesc> arguments) {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var libraries = arguments.length > 1 ? arguments[1] : "";
        try (var loader = new URLClassLoader(urls(folder, libraries), ClassLoader.getPlatformClassLoader())) {
            var resolver = ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached();
            var rewriter = new DirectCalls(ClassFile.of(ClassHierarchyResolverOption.of(resolver)));
            try (var tree = Files.walk(folder)) {
                for (var file : tree.filter(each -> each.toString().endsWith(".class"))
                        .toList()) {
                    var before = Files.readAllBytes(file);
                    var after = rewriter.rewrite(before);
                    if (after != before) {
                        Files.write(file, after);
                    }
                }
            }
        }
    }

    private static URL[] urls(Path folder, String libraries) throws MalformedURLException {
        var urls = new ArrayList<URL>();
        urls.add(folder.toUri().toURL());
        for (var library : libraries.split(":")) {
            if (!library.isEmpty()) {
                urls.add(Path.of(library).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** The same array when there is nothing to do. */
    private byte[] rewrite(byte[] bytes) {
        var model = files.parse(bytes);
        var written = new ArrayList<Written>();
        var inside = ClassTransform.transformingMethods(MethodTransform.transformingCode(
                (CodeBuilder code, CodeElement element) -> replace(model, written, code, element)));
        var after = files.transformClass(model, inside.andThen(ClassTransform.endHandler(
                out -> written.forEach(method -> write(model, out, method)))));
        return written.isEmpty() ? bytes : after;
    }

    private static void replace(ClassModel model, List<Written> written, CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction call && isPlain(call)) {
            var arguments = call.bootstrapArgs();
            var kind = call.bootstrapMethod().owner().descriptorString().equals(SWITCH) ? "switch" : "record";
            var method = new Written(
                    kind + "$" + call.name().stringValue() + "$" + written.size(), call.typeSymbol(), arguments);
            written.add(method);
            boolean isInterface = (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
            code.invokestatic(model.thisClass().asSymbol(), method.name(), method.type(), isInterface);
        } else {
            code.with(element);
        }
    }

    private static boolean isPlain(InvokeDynamicInstruction call) {
        var owner = call.bootstrapMethod().owner().descriptorString();
        return owner.equals(RECORD)
                || owner.equals(SWITCH)
                        && call.bootstrapMethod().methodName().equals("typeSwitch")
                        && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc type
                                && type.isClassOrInterface()
                                && !call.typeSymbol().parameterType(0).isPrimitive());
    }

    private static void write(ClassModel model, ClassBuilder out, Written method) {
        out.withMethodBody(method.name(), method.type(), PRIVATE_STATIC, code -> {
            if (method.name().startsWith("switch")) {
                writeSwitch(code, method.arguments());
            } else if (method.type().returnType().equals(CD_boolean)) {
                writeEquals(code, model.thisClass().asSymbol(), getters(method));
            } else if (method.type().returnType().equals(CD_int)) {
                writeHash(code, getters(method));
            } else {
                writeText(code, (ClassDesc) method.arguments().getFirst(), getters(method));
            }
        });
    }

    private static List<DirectMethodHandleDesc> getters(Written record) {
        return record.arguments().stream()
                .skip(2)
                .map(DirectMethodHandleDesc.class::cast)
                .toList();
    }

    /** (value, from): -1 for null, else the first label from there on that the value is one of, else their number. */
    private static void writeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
        code.aload(0).ifThen(Opcode.IFNULL, block -> block.iconst_m1().ireturn());
        for (int i = 0; i < labels.size(); i++) {
            var next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }

    private static void writeEquals(CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> getters) {
        var different = code.newLabel();
        var same = code.newLabel();
        code.aload(0).aload(1).if_acmpeq(same);
        code.aload(1).instanceOf(self).ifeq(different);
        code.aload(1).checkcast(self).astore(2);
        for (var getter : getters) {
            var type = fieldType(getter);
            read(code, 0, getter);
            read(code, 2, getter);
            switch (TypeKind.from(type)) {
                case REFERENCE ->
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                            .ifeq(different);
                case INT, BOOLEAN, BYTE, CHAR, SHORT -> code.if_icmpne(different);
                case LONG -> code.lcmp().ifne(different);
                case FLOAT, DOUBLE ->
                    code.invokestatic(box(type), "compare", MethodTypeDesc.of(CD_int, type, type))
                            .ifne(different);
                case VOID -> throw new IllegalStateException("a component without a type");
            }
        }
        code.labelBinding(same).iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    private static void writeHash(CodeBuilder code, List<DirectMethodHandleDesc> getters) {
        code.iconst_0();
        for (var getter : getters) {
            var type = fieldType(getter);
            code.bipush(31).imul();
            read(code, 0, getter);
            if (type.isPrimitive()) {
                code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(CD_int, type));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static void writeText(CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> getters) {
        code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", MethodTypeDesc.of(CD_void));
        var before = simpleName(self) + "[";
        for (var getter : getters) {
            append(code.loadConstant(before + getter.methodName() + "="), CD_String);
            var type = fieldType(getter);
            read(code, 0, getter);
            append(code, type.isPrimitive() ? narrow(type) : CD_Object);
            before = ", ";
        }
        append(code.loadConstant(getters.isEmpty() ? before + "]" : "]"), CD_String);
        code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
    }

    /** {@code Outer$Nested} -> Nested, {@code Outer$1Local} -> Local. */
    private static String simpleName(ClassDesc type) {
        var name = type.displayName();
        int start = name.lastIndexOf('$') + 1;
        while (Character.isDigit(name.charAt(start))) {
            start++;
        }
        return name.substring(start);
    }

    private static void append(CodeBuilder code, ClassDesc type) {
        code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, type));
    }

    /** StringBuilder has no append of a byte or a short. */
    private static ClassDesc narrow(ClassDesc type) {
        return switch (TypeKind.from(type)) {
            case BYTE, SHORT -> CD_int;
            default -> type;
        };
    }

    private static void read(CodeBuilder code, int local, DirectMethodHandleDesc getter) {
        code.aload(local).getfield(getter.owner(), getter.methodName(), fieldType(getter));
    }

    private static ClassDesc fieldType(DirectMethodHandleDesc getter) {
        return getter.invocationType().returnType();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> ClassDesc.of("java.lang.Boolean");
            case BYTE -> ClassDesc.of("java.lang.Byte");
            case CHAR -> ClassDesc.of("java.lang.Character");
            case SHORT -> ClassDesc.of("java.lang.Short");
            case INT -> ClassDesc.of("java.lang.Integer");
            case LONG -> ClassDesc.of("java.lang.Long");
            case FLOAT -> ClassDesc.of("java.lang.Float");
            case DOUBLE -> ClassDesc.of("java.lang.Double");
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive + " is no primitive type");
        };
    }
}
