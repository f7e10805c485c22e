package io.stapscope.history;

/**
 * A handler of a script: what happens at one resolved probe point.
 *
 * @param handler its number, from 0 in the order of the script
 * @param point as {@code pp()} gives it
 * @param line of the script where its body begins, from 1; 0 for one of the library
 * @param column from 1; 0 for one of the library
 */
public record ProbeRecord(int handler, String point, int line, int column) {}
