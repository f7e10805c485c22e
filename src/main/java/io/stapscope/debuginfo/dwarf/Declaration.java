package io.stapscope.debuginfo.dwarf;

/**
 * Where the source names something.
 *
 * @param unit whose line program names the file
 * @param file number of the file in the line program as the entry writes it; see there whether 0 means none
 * @param line 0 when it is not known
 */
public record Declaration(Unit unit, int file, int line) {}
