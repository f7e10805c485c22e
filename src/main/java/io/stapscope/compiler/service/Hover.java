package io.stapscope.compiler.service;

/**
 * What is known of the word under the pointer.
 *
 * @param code its declaration, as the language writes it
 * @param documentation sentences for people; may be empty
 */
public record Hover(int start, int end, String code, String documentation) {}
