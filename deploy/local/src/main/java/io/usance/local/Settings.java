package io.usance.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment asks of the stack.
 *
 * @param root folder of the project, with the built services below it
 * @param home folder that keeps data, secrets and logs
 * @param port first of the block of ports, see {@link Ports}
 * @param token admin token to use instead of a generated one
 * @param postgres to use instead of the embedded one
 * @param kafka bootstrap servers to use instead of the embedded broker
 */
record Settings(
        Path root,
        Path home,
        int port,
        Optional<String> token,
        Optional<ForeignPostgres> postgres,
        Optional<String> kafka) {
    private static final String HOME = ".usance";
    private static final String PORT = "8888";

    static Settings of(Path root, Map<String, String> environment) {
        return new Settings(
                root,
                root.resolve(value(environment, "USANCE_HOME").orElse(HOME))
                        .toAbsolutePath()
                        .normalize(),
                port(value(environment, "USANCE_PORT").orElse(PORT)),
                value(environment, "USANCE_TOKEN").map(Settings::token),
                value(environment, "USANCE_POSTGRES_URL").map(ForeignPostgres::parse),
                value(environment, "USANCE_KAFKA_BOOTSTRAP"));
    }

    /** An empty value is the same as none, as with most shells' tools. */
    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static int port(String text) {
        int highest = 65_535 - Ports.WIDTH;
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1024 || Integer.parseInt(text) > highest) {
            throw new Refusal("USANCE_PORT must be a number from 1024 to " + highest + ", not " + text + ".");
        }
        return Integer.parseInt(text);
    }

    private static String token(String text) {
        if (!text.matches("[ks]pat_[A-Za-z0-9._~-]{15,250}")) {
            throw new Refusal("USANCE_TOKEN must be kpat_ or spat_ followed by 15 to 250 letters and digits.");
        }
        return text;
    }
}
