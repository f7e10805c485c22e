package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which file a path means, as the kernel compares them.
 *
 * @param device the kernel's dev_t: major << 20 | minor
 */
public record FileIdentity(long device, long inode) {
    /** No file: a kernel thread's executable. */
    public static final FileIdentity NONE = new FileIdentity(0, 0);

    /** Follows symbolic links, the magic ones of /proc too. */
    public static FileIdentity of(Path path) throws IOException {
        var attributes = Files.readAttributes(path, "unix:dev,ino");
        if (attributes.get("dev") instanceof Long device && attributes.get("ino") instanceof Long inode) {
            return new FileIdentity(kernelDevice(device), inode);
        }
        throw new IOException("the file system of " + path + " tells no device and inode");
    }

    /**
     * stat(2) packs device numbers differently (include/linux/kdev_t.h).
     *
     * <pre>
     *  stat: minor bits 20-31 | major 8-19 | minor bits 0-7        kernel: major 20-31 | minor 0-19
     * </pre>
     */
    static long kernelDevice(long stat) {
        long major = stat >> 8 & 0xfff;
        long minor = stat & 0xff | stat >> 12 & 0xfff00;
        return major << 20 | minor;
    }
}
