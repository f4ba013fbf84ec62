package io.usance.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JDK's ahead-of-time caches: a process that has one starts in a third of the time, because its classes are loaded
 * and linked already. A cache fits the very jars and the very JDK that it was made with, so each has a fingerprint.
 */
final class Caches {
    /** How the process of that name is started with regard to its cache. */
    interface Flags {
        List<String> of(String name) throws IOException;
    }

    static final String BROKER = "kafka";

    private final Path root;
    private final Path folder;

    Caches(Path root) {
        this.root = root;
        this.folder = root.resolve("deploy/local/target/caches");
    }

    /** JVM flags with which a process uses its cache; none when it has no fitting one. */
    List<String> flags(String name) throws IOException {
        return isFresh(name)
                ? List.of("-XX:AOTCache=" + cache(name), "-Xlog:disable", "-Xlog:all=error:stderr")
                : List.of();
    }

    /** JVM flags with which a process writes its cache when it ends. */
    List<String> training(String name) throws IOException {
        Files.createDirectories(folder);
        forget(name);
        return quietly("-XX:AOTCacheOutput=" + cache(name));
    }

    /** What the JVM thinks of a cache is of interest to nobody unless it cannot go on. */
    private static List<String> quietly(String flag) {
        return List.of(flag, "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    boolean isFresh(String name) throws IOException {
        return Files.exists(cache(name))
                && Files.exists(key(name))
                && Files.readString(key(name)).equals(fingerprint(name));
    }

    boolean isWritten(String name) {
        return Files.exists(cache(name));
    }

    /** To be called when the trained process has ended, so that a cache that was cut short is never used. */
    void accept(String name) throws IOException {
        Files.writeString(key(name), fingerprint(name));
    }

    private void forget(String name) throws IOException {
        Files.deleteIfExists(key(name));
        Files.deleteIfExists(cache(name));
    }

    private Path cache(String name) {
        return folder.resolve(name + ".aot");
    }

    private Path key(String name) {
        return folder.resolve(name + ".fingerprint");
    }

    /** Changes with the JDK, and with the path, the size and the time of every jar. */
    private String fingerprint(String name) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        List<Path> jars = name.equals(BROKER) ? Java.classPathEntries() : jars(name);
        for (Path file : Stream.concat(Stream.of(Java.HOME.resolve("release")), jars.stream())
                .toList()) {
            String line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private List<Path> jars(String service) throws IOException {
        Path application = root.resolve("services").resolve(service).resolve("target/quarkus-app");
        if (!Files.exists(application)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(application)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
