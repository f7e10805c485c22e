package io.stapscope.debuginfo.dwarf.line;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfSections;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directories and files of DWARF 5: tables that describe their own columns. */
final class FileFormat {
    private static final int PATH = 1;
    private static final int DIRECTORY_INDEX = 2;

    private static final int FORM_BLOCK2 = 0x03;
    private static final int FORM_BLOCK4 = 0x04;
    private static final int FORM_DATA2 = 0x05;
    private static final int FORM_DATA4 = 0x06;
    private static final int FORM_DATA8 = 0x07;
    private static final int FORM_STRING = 0x08;
    private static final int FORM_BLOCK = 0x09;
    private static final int FORM_BLOCK1 = 0x0a;
    private static final int FORM_DATA1 = 0x0b;
    private static final int FORM_STRP = 0x0e;
    private static final int FORM_UDATA = 0x0f;
    private static final int FORM_STRP_SUP = 0x1d;
    private static final int FORM_DATA16 = 0x1e;
    private static final int FORM_LINE_STRP = 0x1f;

    private final DwarfSections sections;

    /** @param content DW_LNCT_* */
    private record Column(long content, long form) {}

    FileFormat(DwarfSections sections) {
        this.sections = sections;
    }

    SourceFiles read(Cursor tables, String unitDirectory) {
        var files = new SourceFiles(unitDirectory);
        var columns = columns(tables);
        for (long left = count(tables, columns); left > 0; left--) {
            files.addDirectory(name(tables, columns, null));
        }
        columns = columns(tables);
        var directory = new long[1];
        for (long left = count(tables, columns); left > 0; left--) {
            directory[0] = 0;
            var name = name(tables, columns, directory);
            files.addFile(name, directory[0]);
        }
        return files;
    }

    private static List<Column> columns(Cursor tables) {
        var columns = new ArrayList<Column>();
        for (int left = tables.u8(); left > 0; left--) {
            long content = tables.uleb();
            columns.add(new Column(content, tables.uleb()));
        }
        return columns;
    }

    private static long count(Cursor tables, List<Column> columns) {
        long count = tables.uleb();
        if (count < 0 || count > SourceFiles.MOST || columns.isEmpty() && count > 0) {
            throw new DwarfFormatException("a line table has too many files");
        }
        return count;
    }

    /** Reads one row. @param directory receives the number of the directory; null when the row has none */
    private String name(Cursor tables, List<Column> columns, long @Nullable [] directory) {
        var name = "";
        for (var column : columns) {
            if (column.content() == PATH) {
                name = text(tables, column.form());
            } else if (column.content() == DIRECTORY_INDEX && directory != null) {
                directory[0] = number(tables, column.form());
            } else {
                skip(tables, column.form());
            }
        }
        return name;
    }

    private String text(Cursor tables, long form) {
        return switch ((int) form) {
            case FORM_STRING -> tables.string();
            case FORM_LINE_STRP -> at(sections.lineStr(), ".debug_line_str", tables.offset());
            case FORM_STRP -> at(sections.str(), ".debug_str", tables.offset());
            case FORM_STRP_SUP -> {
                var supplement = sections.supplement();
                long offset = tables.offset();
                yield supplement == null ? "" : at(supplement.str(), ".debug_str", offset);
            }
            default -> throw unknown(form);
        };
    }

    private static String at(ByteBuffer section, String name, long offset) {
        return new Cursor(section, name).at(offset).string();
    }

    private static long number(Cursor tables, long form) {
        return switch ((int) form) {
            case FORM_UDATA -> tables.uleb();
            case FORM_DATA1 -> tables.u8();
            case FORM_DATA2 -> tables.u16();
            case FORM_DATA4 -> tables.u32();
            case FORM_DATA8 -> tables.u64();
            default -> throw unknown(form);
        };
    }

    private static void skip(Cursor tables, long form) {
        switch ((int) form) {
            case FORM_STRING -> tables.skipString();
            case FORM_LINE_STRP, FORM_STRP, FORM_STRP_SUP -> tables.offset();
            case FORM_UDATA -> tables.skipLeb();
            case FORM_DATA1 -> tables.skip(1);
            case FORM_DATA2 -> tables.skip(2);
            case FORM_DATA4 -> tables.skip(4);
            case FORM_DATA8 -> tables.skip(8);
            case FORM_DATA16 -> tables.skip(16);
            case FORM_BLOCK -> tables.skip(tables.uleb());
            case FORM_BLOCK1 -> tables.skip(tables.u8());
            case FORM_BLOCK2 -> tables.skip(tables.u16());
            case FORM_BLOCK4 -> tables.skip(tables.u32());
            default -> throw unknown(form);
        }
    }

    private static DwarfFormatException unknown(long form) {
        return new DwarfFormatException("a line table has a column of form 0x" + Long.toHexString(form));
    }
}
