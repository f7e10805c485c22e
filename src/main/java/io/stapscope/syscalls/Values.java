package io.stapscope.syscalls;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The kinds of values. */
final class Values {
    private Values() {}

    /** How a plain number is written. */
    enum Form {
        SIGNED,
        UNSIGNED,
        HEX,
        ADDRESS
    }

    /** A plain number. */
    record Plain(Form form, int size) implements ValueKind {
        @Override
        public String text(long raw) {
            long value = value(raw);
            return switch (form) {
                case SIGNED -> Long.toString(value);
                case UNSIGNED -> Long.toUnsignedString(value);
                case HEX -> ConstantSet.number(value);
                case ADDRESS -> Arguments.pointer(value);
            };
        }

        @Override
        public long value(long raw) {
            return form == Form.SIGNED ? signed(raw, size) : unsigned(raw, size);
        }

        static long signed(long raw, int size) {
            int unused = 64 - 8 * size;
            return raw << unused >> unused;
        }

        static long unsigned(long raw, int size) {
            int unused = 64 - 8 * size;
            return raw << unused >>> unused;
        }

        @Override
        public boolean isDescribed() {
            return false;
        }
    }

    /** A file descriptor that may stand for the working directory. */
    record DirectoryDescriptor() implements ValueKind {
        private static final int WORKING_DIRECTORY = -100;

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            return (int) raw == WORKING_DIRECTORY ? "AT_FDCWD" : Integer.toString((int) raw);
        }

        @Override
        public long value(long raw) {
            return (int) raw;
        }
    }

    /** One of a set of names. */
    record Choice(ConstantSet set, int size) implements ValueKind {
        @Override
        public String text(long raw) {
            long value = Plain.unsigned(raw, size);
            var name = set.name(value);
            if (name == null) {
                name = set.name(Plain.signed(raw, size));
            }
            return name != null ? name : set.choice(value);
        }

        @Override
        public long value(long raw) {
            return Plain.signed(raw, size);
        }
    }

    /** Names for bits. */
    record Flags(ConstantSet set, int size) implements ValueKind {
        @Override
        public String text(long raw) {
            return set.flags(Plain.unsigned(raw, size));
        }
    }

    /** A choice in the lowest bits, and flags above. */
    record Layered(ConstantSet choices, long mask, ConstantSet flags, int size) implements ValueKind {
        @Override
        public String text(long raw) {
            long value = Plain.unsigned(raw, size);
            var name = choices.name(value & mask);
            var text = new StringBuilder(name != null ? name : choices.choice(value & mask));
            long rest = flags.append(value & ~mask, text);
            return rest == 0 ? text.toString() : text + "|" + ConstantSet.number(rest);
        }
    }

    /** Permissions, in octal. */
    record Mode(int size) implements ValueKind {
        @Override
        public String text(long raw) {
            long value = size == 4 ? raw & 0xffff : raw;
            return octal(value);
        }

        static String octal(long value) {
            var digits = Long.toOctalString(value);
            var prefixed = value == 0 ? digits : "0" + digits;
            return "0".repeat(Math.max(0, 3 - prefixed.length())) + prefixed;
        }
    }

    /** The type of a file and its permissions. */
    record FileType(ConstantSet types, ConstantSet bits) implements ValueKind {
        private static final int TYPE = 0xf000;
        private static final int SPECIAL = 0xe00;

        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long value = raw & 0xffff;
            var type = types.name(value & TYPE);
            var text = new StringBuilder(type != null ? type : "");
            long known = type != null ? value & ~TYPE : value;
            long special = bits.append(known & SPECIAL, text);
            return text + (text.isEmpty() ? "" : "|") + Mode.octal(known & ~SPECIAL | special);
        }
    }

    /** A device's number. */
    record Device() implements ValueKind {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            long major = raw >> 8 & 0xfff;
            long minor = raw & 0xff | raw >> 12 & 0xfff00;
            return "makedev(" + hex(major) + ", " + hex(minor) + ")";
        }

        private static String hex(long value) {
            return ConstantSet.number(value);
        }
    }

    /** A signal's number. */
    record Signal(SignalNames names) implements ValueKind {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            return names.name((int) raw);
        }

        @Override
        public long value(long raw) {
            return (int) raw;
        }
    }

    /** A user or a group; -1 stands for no change. */
    record User() implements ValueKind {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            return (int) raw == -1 ? "-1" : Integer.toUnsignedString((int) raw);
        }

        @Override
        public boolean isDescribed() {
            return false;
        }
    }

    /** The limit of a resource. */
    record Limit() implements ValueKind {
        private static final int UNIT = 1024;

        @Override
        public int size() {
            return 8;
        }

        @Override
        public String text(long raw) {
            if (raw == -1) {
                return "RLIM64_INFINITY";
            }
            return Long.compareUnsigned(raw, UNIT) > 0 && Long.remainderUnsigned(raw, UNIT) == 0
                    ? Long.toUnsignedString(Long.divideUnsigned(raw, UNIT)) + "*1024"
                    : Long.toUnsignedString(raw);
        }
    }

    /** Seconds since 1970, and when that was. */
    record Date() implements ValueKind {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
        private static final long YEARS = 60L * 60 * 24 * 366 * 9000;

        @Override
        public int size() {
            return 8;
        }

        @Override
        public String text(long raw) {
            var remark = remark(raw, 0, 0);
            return remark == null ? Long.toString(raw) : raw + remark;
        }

        /** Nothing for the beginning of time and for years that have no four digits. */
        static @Nullable String remark(long seconds, long nanos, int digits) {
            if (seconds == 0 || seconds > YEARS / 2 || seconds < -YEARS / 10 || nanos < 0 || nanos > 999_999_999) {
                return null;
            }
            var fraction = nanos == 0 ? "" : ".%09d".formatted(nanos).substring(0, digits + 1);
            return " /* " + FORMAT.format(Instant.ofEpochSecond(seconds)) + fraction + "+0000 */";
        }
    }

    /** The type of a System V object, or no type. */
    record IpcMode(ConstantSet flags, ConstantSet more) implements ValueKind {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String text(long raw) {
            var text = new StringBuilder();
            long rest = flags.append(raw & 0xffffffffL & ~0777, text);
            rest = more.append(rest, text);
            return text
                    + (rest == 0 ? "" : (text.isEmpty() ? "" : "|") + ConstantSet.number(rest))
                    + (text.isEmpty() && rest == 0 ? "" : "|")
                    + Mode.octal(raw & 0777);
        }
    }
}
