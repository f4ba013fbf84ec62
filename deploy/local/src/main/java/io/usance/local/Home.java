package io.usance.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/** The folder of one stack: its data, secrets and logs. One stack at a time holds it. */
final class Home implements AutoCloseable {
    /** Free bytes below which nothing is started: a database that fills its disk half way is worse than none. */
    private static final long FREE_MIN = 512L * 1024 * 1024;

    private static final String SECRETS = "secrets";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final FileChannel lock;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder if it is missing, readable by its owner only, and holds it until {@link #close}. */
    static Home open(Path folder) {
        try {
            makePrivate(folder);
            Home home = new Home(folder, lock(folder));
            home.demandSpace();
            makePrivate(home.secrets());
            Files.createDirectories(home.logs());
            return home;
        } catch (FileSystemException refused) {
            String reason = refused.getReason() == null ? "not possible" : refused.getReason();
            throw new Refusal("USANCE_HOME " + folder + " cannot be used: " + refused.getFile() + ": " + reason + ".");
        } catch (IOException failure) {
            throw new Refusal("USANCE_HOME " + folder + " cannot be used: " + failure.getMessage() + ".");
        }
    }

    Path folder() {
        return folder;
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path secrets() {
        return folder.resolve(SECRETS);
    }

    /** Of the embedded Postgres. */
    Path database() {
        return folder.resolve("postgres").resolve("data");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path processes() {
        return folder.resolve("processes");
    }

    /** A fresh log; the one of the run before is kept beside it. */
    Path log(String name) throws IOException {
        Path log = logs().resolve(name + ".log");
        if (Files.exists(log)) {
            Files.move(log, logs().resolve(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    /** The secret of that name that a stack in {@code folder}, which may be running, has made; empty if it has not. */
    static Optional<String> secretOf(Path folder, String name) throws IOException {
        Path file = folder.resolve(SECRETS).resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    /** The secret of that name, {@code prefix} and 40 random letters and digits, made when it is first asked for. */
    String secret(String name, String prefix) throws IOException {
        Path file = secrets().resolve(name);
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
            Files.delete(file);
        }
        StringBuilder secret = new StringBuilder(prefix);
        RANDOM.ints(40, 0, LETTERS.length()).mapToObj(LETTERS::charAt).forEach(secret::append);
        Files.createFile(file, readableByOwnerOnly("rw-------"));
        Files.writeString(file, secret + "\n");
        return secret.toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private void demandSpace() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < FREE_MIN) {
            throw new Refusal("The disk of " + folder + " is full: " + free / 1_048_576 + " MB are free and "
                    + FREE_MIN / 1_048_576 + " MB are needed; make room, or set USANCE_HOME to another disk.");
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                channel.truncate(0);
                String pid = ProcessHandle.current().pid() + "\n";
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same answer as for another process.
        }
        String holder = Files.readString(folder.resolve("lock")).strip();
        channel.close();
        throw new Refusal("USANCE_HOME " + folder + " is in use by another stack (process " + holder
                + "): stop that one, or set USANCE_HOME and USANCE_PORT to start a second one beside it.");
    }

    private static void makePrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, readableByOwnerOnly("rwx------"));
        }
    }

    private static FileAttribute<?> readableByOwnerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
