package io.stapscope.history.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A bundle as one HTML file that a browser opens without a service: the viewer, which the build of the front end makes, with
 * the bundle in base64 in an element of its own. Nothing else of the capture is in the text, so that no name can be markup.
 */
public final class BundlePage {
    /** Bytes of a bundle; a browser holds several copies of them. */
    public static final int MOST_BYTES = 32 << 20;

    private static final String VIEWER = "META-INF/resources/viewer.html";
    private static final String PLACE = " id=\"bundle\">";

    private final String before;
    private final byte[] bundle;
    private final String after;

    private BundlePage(String before, byte[] bundle, String after) {
        this.before = before;
        this.bundle = bundle;
        this.after = after;
    }

    /** Fails with {@link BundleException} when this is no bundle, is too large, or when this build has no viewer. */
    public static BundlePage of(byte[] bundle) throws IOException {
        if (bundle.length > MOST_BYTES) {
            throw tooLarge();
        }
        check(bundle);
        var viewer = viewer();
        int place = viewer.indexOf(PLACE);
        if (place < 0) {
            throw new IllegalStateException(VIEWER + " has no place for a bundle");
        }
        int end = place + PLACE.length();
        return new BundlePage(viewer.substring(0, end), bundle, viewer.substring(end));
    }

    public void write(OutputStream out) throws IOException {
        out.write(before.getBytes(StandardCharsets.UTF_8));
        out.write(Base64.getEncoder().encode(bundle));
        out.write(after.getBytes(StandardCharsets.UTF_8));
    }

    static BundleException tooLarge() {
        return new BundleException("a page holds a bundle of at most " + MOST_BYTES
                + " bytes, this one has more; export the bundle and import it where it is to be seen");
    }

    private static void check(byte[] bundle) throws IOException {
        var missing = new HashSet<>(List.of(Manifest.FILE, Manifest.SCRIPT));
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null && !missing.isEmpty(); entry = zip.getNextEntry()) {
                missing.remove(entry.getName());
            }
        } catch (ZipException e) {
            throw new BundleException("this is no zip file: " + e.getMessage());
        }
        if (!missing.isEmpty()) {
            throw new BundleException("this is no bundle of a capture: it has no " + String.join(" and no ", missing));
        }
    }

    private static String viewer() throws IOException {
        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(VIEWER)) {
            if (in == null) {
                throw new BundleException("this build has no viewer: it was made without the front end");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
