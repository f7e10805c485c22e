package io.stapscope.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a series' key.
 *
 * @param kind pid, tid, syscall, cpu, uid, execname, stack, ustack or plain
 * @param value the part itself as text
 * @param label what people read: the name of a system call, "1234 postgres" for a process, "main;run;work" for a stack
 * @param note what it did last, such as the query of a backend; null when nothing is known
 */
public record KeyPart(
        String kind, String value, String label, @Nullable String note) {
    public KeyPart(String kind, String value, String label) {
        this(kind, value, label, null);
    }

    /** The label and the note, as a table shows them. */
    public String text() {
        return note == null ? label : label + " · " + note;
    }

    /** @param notes "" for none; null when no part has one */
    static List<KeyPart> all(String[] kinds, String[] values, String[] labels, String @Nullable [] notes) {
        var keys = new ArrayList<KeyPart>(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            var note = notes == null || i >= notes.length ? "" : notes[i];
            keys.add(new KeyPart(kinds[i], values[i], labels[i], note.isEmpty() ? null : note));
        }
        return keys;
    }
}
