package io.usance.local;

import io.usance.testkit.Provisioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has the stack that runs rebuild all its totals: starts ingestion's own command with the password of its role. */
final class Replay {
    private static final String MAIN = "io.usance.ingestion.total.ReplayCommand";
    private static final int PAUSE_MILLIS = 100;

    private final Settings settings;
    private final Endings endings;

    Replay(Settings settings, Endings endings) {
        this.settings = settings;
        this.endings = endings;
    }

    /** Returns what the command ended with. */
    int run() throws IOException {
        Path application = Service.INGESTION.application(settings.root());
        if (!Files.exists(application)) {
            throw new Refusal("The ingestion service is not built: run make build.");
        }
        String password = Home.secretOf(settings.home(), "postgres-" + Service.INGESTION.word())
                .orElseThrow(() -> new Refusal(
                        "There is no stack in " + settings.home() + ": start it with make up, or set USANCE_HOME."));
        ProcessBuilder builder = new ProcessBuilder(Java.command(application, MAIN)).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "USANCE_POSTGRES_ADDRESS",
                        settings.postgres()
                                .map(ForeignPostgres::address)
                                .orElse("127.0.0.1:" + new Ports(settings.port()).postgres()),
                        "USANCE_POSTGRES_DATABASE",
                        settings.postgres().map(ForeignPostgres::database).orElse(Provisioning.DATABASE),
                        "USANCE_POSTGRES_PASSWORD",
                        password));
        return await(builder.start());
    }

    private int await(Process command) {
        try {
            while (!command.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                endings.check();
            }
            return command.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            command.destroy();
        }
    }
}
