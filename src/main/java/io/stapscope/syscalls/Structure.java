package io.stapscope.syscalls;

import java.util.List;
import java.util.stream.Collectors;

/** Members that lie one after the other. */
record Structure(List<Member> members, int size, int alignment) implements DataKind {
    /**
     * @param name empty for the only member of an array of one
     * @param optional whether it is left out when it is 0
     */
    record Member(String name, DataKind kind, int offset, boolean optional) {}

    @Override
    public String text(Bytes bytes, int offset) {
        if (members.size() == 1 && members.getFirst().name().isEmpty()) {
            return members.getFirst().kind().text(bytes, offset);
        }
        return members.stream()
                .filter(member -> !member.optional()
                        || bytes.unsigned(
                                        offset + member.offset(), member.kind().size())
                                != 0)
                .map(member -> member.name() + "=" + member.kind().text(bytes, offset + member.offset()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Whether it is written as an array of one. */
    boolean isBare() {
        return members.size() == 1 && members.getFirst().name().isEmpty();
    }
}
