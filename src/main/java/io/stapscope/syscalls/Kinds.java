package io.stapscope.syscalls;

import io.stapscope.syscalls.Values.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a kind by the words of the tables. */
final class Kinds {
    private static final int PATH = 255;
    private static final int COMMAND_NAME = 15;

    private final Constants constants;
    private final SignalNames signals;
    private final SocketAddress addresses;
    private final Map<String, Structure> structures = new HashMap<>();

    Kinds(Constants constants) {
        this.constants = constants;
        signals = new SignalNames(constants.set("signals"));
        addresses = new SocketAddress(constants.set("addrfams"));
    }

    void define(String name, Structure structure) {
        structures.put(name, structure);
    }

    /** @param names of all arguments of the call, to which lengths refer */
    ArgumentKind argument(String text, List<String> names) {
        var words = text.split(" ");
        var value = value(words);
        if (value != null) {
            return new Arguments.Value(value);
        }
        return switch (words[0]) {
            case "skip" -> new Arguments.Skipped();
            case "out" -> new Arguments.Received();
            case "path" -> new Arguments.Text(PATH, true);
            case "string" -> new Arguments.Text(Arguments.SHOWN, false);
            case "comm" -> new Arguments.Text(COMMAND_NAME, false);
            case "buffer" -> new Arguments.Buffer(index(words[1], names));
            case "in" -> pointed(words, names);
            case "filetimes" ->
                new Arguments.Pointed(new Specials.FileTime(words[1].equals("micro")), new Arguments.Count.Fixed(2));
            case "strings" -> new ProgramArguments.Strings();
            case "environment" -> new ProgramArguments.Environment();
            case "pselectmask" -> new Masks.SignalsBehindPair(signals);
            case "message" -> new Vectors.Message(addresses, new ControlMessages(constants));
            case "messagelen" -> new Vectors.EmptyMessage();
            case "clone3" -> new Specials.CloneArguments(constants.set("clone_flags"), signals);
            default -> counted(words, names);
        };
    }

    /** Kinds whose size another argument says. */
    private ArgumentKind counted(String[] words, List<String> names) {
        int size = index(words.length > 1 ? words[1] : "", names);
        return switch (words[0]) {
            case "vector" -> new Vectors.Vector(size, true);
            case "pointers" -> new Vectors.Vector(size, false);
            case "polled" ->
                new Arguments.Pointed(
                        new Specials.Polled(constants.set("poll_events")), new Arguments.Count.Argument(size));
            case "sockaddr" -> new SocketAddress.Argument(addresses, size);
            case "sigset" -> new Masks.Signals(signals, size);
            case "fdset" -> new Masks.Numbers(Masks.Bits.DESCRIPTORS, size);
            case "cpumask" -> new Masks.Numbers(Masks.Bits.PROCESSORS, size);
            case "nodemask" -> new Masks.Numbers(Masks.Bits.NODES, size);
            case "sigaction" ->
                new Masks.SignalAction(
                        constants.set("sigaction_handlers"), constants.set("sigaction_flags"), signals, size);
            case "message_text" -> new Specials.TypedMessage(size);
            case "optval" -> new Specials.OptionValue(size, structure("linger"));
            default -> throw unknown(words[0]);
        };
    }

    private ArgumentKind pointed(String[] words, List<String> names) {
        var structure = structure(words[1]);
        if (words.length == 2) {
            return new Arguments.Pointed(structure, new Arguments.Count.Fixed(structure.isBare() ? 1 : 0));
        }
        return new Arguments.Pointed(
                structure,
                Character.isDigit(words[2].charAt(0))
                        ? new Arguments.Count.Fixed(Integer.parseInt(words[2]))
                        : new Arguments.Count.Argument(index(words[2], names)));
    }

    /** What a member of a structure holds. */
    DataKind member(String text) {
        var words = text.split(" ");
        var value = value(words);
        return value != null ? value : structure(words[0]);
    }

    private @Nullable ValueKind value(String[] words) {
        return switch (words[0]) {
            case "int", "fd", "pid" -> new Values.Plain(Form.SIGNED, 4);
            case "uint" -> new Values.Plain(Form.UNSIGNED, 4);
            case "short" -> new Values.Plain(Form.SIGNED, 2);
            case "ushort" -> new Values.Plain(Form.UNSIGNED, 2);
            case "long" -> new Values.Plain(Form.SIGNED, 8);
            case "ulong" -> new Values.Plain(Form.UNSIGNED, 8);
            case "hex" -> new Values.Plain(Form.HEX, 8);
            case "pointer" -> new Values.Plain(Form.ADDRESS, 8);
            case "dirfd" -> new Values.DirectoryDescriptor();
            case "mode" -> new Values.Mode(4);
            case "mode64" -> new Values.Mode(8);
            case "user" -> new Values.User();
            case "device" -> new Values.Device();
            case "limit" -> new Values.Limit();
            case "date" -> new Values.Date();
            case "signal" -> new Values.Signal(signals);
            case "filetype" -> new Values.FileType(constants.set("modetypes"), constants.set("mode_bits"));
            default -> words.length > 1 ? ofSet(words) : special(words[0]);
        };
    }

    private @Nullable ValueKind ofSet(String[] words) {
        return switch (words[0]) {
            case "flags" -> new Values.Flags(constants.set(words[1]), 4);
            case "flags16" -> new Values.Flags(constants.set(words[1]), 2);
            case "flags64" -> new Values.Flags(constants.set(words[1]), 8);
            case "choice" -> new Values.Choice(constants.set(words[1]), 4);
            case "choice16" -> new Values.Choice(constants.set(words[1]), 2);
            case "layered" -> layered(words, 4);
            case "layered64" -> layered(words, 8);
            case "ipcmode" -> new Values.IpcMode(constants.set("ipc_flags"), constants.set(words[1]));
            default -> null;
        };
    }

    private ValueKind layered(String[] words, int size) {
        return new Values.Layered(constants.set(words[1]), Long.parseLong(words[2]), constants.set(words[3]), size);
    }

    private @Nullable ValueKind special(String word) {
        return switch (word) {
            case "ioctl" -> new Specials.Ioctl(constants.set("ioctls"));
            case "cloneflags" -> new Specials.CloneFlags(constants.set("clone_flags"), signals);
            case "statxflags" -> new Specials.StatxFlags(constants.set("at_stat_sync"), constants.set("at_symlink"));
            case "personality" ->
                new Specials.Personality(constants.set("personality_types"), constants.set("personality_flags"));
            case "ioprio" -> new Specials.IoPriority(constants.set("ioprio_class"));
            case "packetprotocol" -> new Specials.PacketProtocol(constants.set("ethernet_protocols"));
            case "ipckey" -> new Specials.Named(constants.set("ipc_private"), new Values.Plain(Form.HEX, 4));
            case "key" -> new Specials.Named(constants.set("key_serials"), new Values.Plain(Form.SIGNED, 4));
            case "bitset" -> new Specials.Named(constants.set("futex_bitset"), new Values.Plain(Form.HEX, 4));
            default -> null;
        };
    }

    private Structure structure(String name) {
        var structure = structures.get(name);
        if (structure == null) {
            throw unknown(name);
        }
        return structure;
    }

    private static int index(String name, List<String> names) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw unknown(name);
        }
        return index;
    }

    private static IllegalStateException unknown(String word) {
        return new IllegalStateException("the tables of system calls say " + word + ", which is no kind");
    }
}
