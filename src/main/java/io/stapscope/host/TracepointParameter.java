package io.stapscope.host;

import io.stapscope.host.ctype.CType;

/** A value that a tracepoint hands to its programs, with the name it has in the kernel's source. */
public record TracepointParameter(String name, CType type) {}
