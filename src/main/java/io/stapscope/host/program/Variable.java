package io.stapscope.host.program;

import io.stapscope.debuginfo.value.Location;
import io.stapscope.host.ctype.CType;

/** A variable, and where its value is at the address it was asked for. */
public record Variable(String name, CType type, Location location) {}
