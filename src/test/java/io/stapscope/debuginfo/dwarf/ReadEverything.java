package io.stapscope.debuginfo.dwarf;

import io.stapscope.host.ctype.CType;
import io.stapscope.host.ctype.DwarfCTypes;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Asks debug information for all that it has. Whatever the bytes are, the only answer but success is a typed error. */
public final class ReadEverything implements Consumer<ByteBuffer> {
    private static final int MAX_ASKED = 200;

    /** @param packed see {@link PackedSections} */
    @Override
    public void accept(ByteBuffer packed) {
        read(PackedSections.unpack(packed));
    }

    static void read(DwarfSections sections) {
        var file = DwarfFile.read(sections);
        file.remark();
        var types = new DwarfCTypes(file);
        var functions = file.functions();
        quietly(() -> functions.find(name -> true).stream().limit(MAX_ASKED).forEach(function -> {
            look(types.type(function.type()));
            quietly(() -> functions.inlined(function));
            function.code().stream().limit(MAX_ASKED).forEach(code -> quietly(() -> body(file, types, code)));
        }));
        quietly(() -> file.variables().find(name -> true).stream()
                .limit(MAX_ASKED)
                .forEach(variable -> look(types.type(variable.type()))));
        quietly(() -> file.types().enumerator("VIOLET"));
        types.find("struct outer").ifPresent(ReadEverything::look);
        file.units().stream().limit(MAX_ASKED).forEach(unit -> quietly(unit::name));
    }

    private static void body(DwarfFile file, DwarfCTypes types, DwarfFunction.Code code) {
        quietly(() -> file.functions().at(code.entry()));
        quietly(() -> file.bodies().labels(code));
        quietly(() -> file.bodies().calls(code));
        for (var block : file.bodies().scopes(code, code.entry())) {
            block.stream().limit(MAX_ASKED).forEach(variable -> look(types.type(variable.type())));
        }
    }

    private static void look(CType type) {
        switch (type) {
            case CType.Struct struct -> struct.flattened();
            case CType.Pointer pointer -> {
                if (pointer.target() instanceof CType.Struct struct) {
                    struct.members();
                }
            }
            case CType.Enumeration enumeration -> enumeration.constants().get();
            case CType.Int _, CType.Floating _, CType.Array _, CType.Function _, CType.Incomplete _ -> {}
        }
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (DwarfFormatException e) {
            // the typed error that garbage deserves
        }
    }
}
