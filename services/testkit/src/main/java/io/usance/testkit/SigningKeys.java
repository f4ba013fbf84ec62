package io.usance.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Makes the key pair with which the gateway signs who a caller is and the services check it: ES256, as PEM files. */
public final class SigningKeys {
    /** Writes {@code jwt-private.pem} and {@code jwt-public.pem} into {@code folder} unless they are there. */
    public static void ensure(Path folder) {
        if (Files.exists(privateKey(folder)) && Files.exists(publicKey(folder))) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Files.createDirectories(folder);
            write(privateKey(folder), "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(publicKey(folder), "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("the signing keys could not be made in " + folder, failure);
        }
    }

    public static Path privateKey(Path folder) {
        return folder.resolve("jwt-private.pem");
    }

    public static Path publicKey(Path folder) {
        return folder.resolve("jwt-public.pem");
    }

    private static void write(Path file, String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        try {
            Files.write(file, pem.getBytes(StandardCharsets.US_ASCII));
            if (label.startsWith("PRIVATE") && Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private SigningKeys() {}
}
