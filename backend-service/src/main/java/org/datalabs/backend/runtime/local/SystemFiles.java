package org.datalabs.backend.runtime.local;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The parts of {@code /etc} that a session sees: some of the computer's own, the rest made up for it. */
final class SystemFiles {
    /** Configuration of programs and libraries; nothing about people, keys, networks or services. */
    private static final String SHOWN =
            "{alternatives,ca-certificates.conf,dconf,debian_version,fonts,glvnd,gtk-*,ImageMagick-*,inputrc,"
                    + "ipython,java*,jupyter,ld.so.*,locale.alias,localtime,magic*,matplotlibrc,mime.types,"
                    + "OpenCL,os-release,papersize,protocols,python3*,services,terminfo,timezone,xdg,X11}";

    private static final List<String> SHOWN_BELOW =
            List.of("/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs", "/etc/bash.bashrc");

    /** Address of the resolver in a private network; see slirp4netns(1). */
    private static final String PRIVATE_RESOLVER = "nameserver 10.0.2.3\n";

    private static final int FAMILY_WILD = 0xffff;
    private static final int COOKIE_BYTES = 16;

    private SystemFiles() {}

    /** Absolute paths of the files and folders of this computer's {@code /etc} to show, sorted. */
    static List<String> shown() {
        List<String> shown = new ArrayList<>(SHOWN_BELOW);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/etc"), SHOWN)) {
            entries.forEach(entry -> shown.add(entry.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(shown);
        return shown;
    }

    /** Absolute paths of what is installed in {@code /opt}. */
    static List<String> optional() {
        List<String> optional = new ArrayList<>();
        Path folder = Path.of("/opt");
        if (Files.isReadable(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                entries.forEach(entry -> optional.add(entry.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return optional;
    }

    /** The files that are made up, by their names in {@code /etc}. */
    static Map<String, String> madeUp(Account account, boolean privateNetwork, RandomGenerator random)
            throws IOException {
        int uid = account.uid();
        Map<String, String> files = new TreeMap<>();
        files.put(
                "passwd",
                "user:x:" + uid + ":" + uid + ":User:" + Sandbox.HOME + ":/bin/bash\n"
                        + (uid == 0 ? "" : "root:x:0:0:root:/:/usr/sbin/nologin\n")
                        + "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n");
        files.put("group", "user:x:" + uid + ":\n" + (uid == 0 ? "" : "root:x:0:\n") + "nogroup:x:65534:\n");
        files.put("hosts", "127.0.0.1 localhost datalab\n::1 localhost\n");
        files.put("hostname", "datalab\n");
        files.put(
                "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n");
        files.put("resolv.conf", privateNetwork ? PRIVATE_RESOLVER : ownResolver());
        files.put("machine-id", String.format("%016x%016x%n", random.nextLong(), random.nextLong()));
        return files;
    }

    private static String ownResolver() throws IOException {
        Path file = Path.of("/etc/resolv.conf");
        return Files.isReadable(file) ? Files.readString(file) : "";
    }

    /** An Xauthority file with one random cookie for every display; see Xsecurity(7). */
    static byte[] authority(RandomGenerator random) {
        byte[] cookie = new byte[COOKIE_BYTES];
        random.nextBytes(cookie);
        byte[] name = "MIT-MAGIC-COOKIE-1".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(FAMILY_WILD);
            out.writeShort(0);
            out.writeShort(0);
            out.writeShort(name.length);
            out.write(name);
            out.writeShort(cookie.length);
            out.write(cookie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
