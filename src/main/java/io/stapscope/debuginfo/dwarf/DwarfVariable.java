package io.stapscope.debuginfo.dwarf;

/**
 * A variable, and where its entry says that its value is.
 *
 * @param die its own entry
 * @param unit whose entry gives the location: expressions and lists count from it
 * @param linkageName as linkers see it; the same as the name where the entry does not say
 * @param type 0 when it is not known
 * @param external whether other files can name it
 */
public record DwarfVariable(
        String name,
        String linkageName,
        long die,
        Unit unit,
        long type,
        boolean parameter,
        boolean external,
        Declaration declared,
        LocationAttribute location) {

    /** The variable or parameter of an entry. */
    static DwarfVariable read(DieReader reader, long die) {
        reader.moveTo(die);
        boolean parameter = reader.tag() == DwarfTag.FORMAL_PARAMETER;
        var chain = new DieChain(reader);
        var name = chain.text(die, DwarfAttribute.NAME);
        var linkageName = chain.find(die, DwarfAttribute.LINKAGE_NAME) ? reader.linkageName() : name;
        boolean external = chain.flag(die, DwarfAttribute.EXTERNAL);
        var declared = chain.declaration(die);
        long type = chain.type(die);
        reader.moveTo(die);
        var location = chain.location(die);
        return new DwarfVariable(name, linkageName, die, reader.unit(), type, parameter, external, declared, location);
    }
}
