package io.stapscope.capture.backend;

/**
 * How it stands with the names.
 *
 * @param server for people, "" without one
 * @param reason why not, in words; "" when all is well
 * @param backends that had names at the last look
 */
public record BackendStatus(State state, String server, String reason, int backends) {
    static final BackendStatus OFF = new BackendStatus(State.OFF, "", "", 0);

    /** What can be said of it. */
    public enum State {
        /** No server is configured. */
        OFF,
        /** It answers when it is asked, and nothing asks now. */
        RESTING,
        /** Names are there and kept fresh. */
        WATCHING,
        /** The server lets us see less than all. */
        LIMITED,
        /** It does not answer; it is tried again. */
        AWAY,
        /** It answers, and cannot be used as it is. */
        REFUSED
    }

    /** As a sentence without its end. */
    public String text() {
        return switch (state) {
            case OFF -> "not configured";
            case RESTING -> "not asked now: no run counts by pid() or tid()";
            case WATCHING -> server + " names " + backends + " processes";
            case LIMITED -> server + " names " + backends + " processes, " + reason;
            case AWAY -> server + " does not answer: " + reason;
            case REFUSED -> (server.isEmpty() ? "" : server + ": ") + reason;
        };
    }
}
