package io.usance.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts the whole of Usance on this machine and stays until it is told to stop.
 *
 * <p>System properties: {@code usance.root} is the project's folder, {@code usance.parents} the ids, separated by
 * commas, of processes without which the stack shall not go on.
 */
final class Up {
    /**
     * @param arguments nothing; or {@code train} to make the caches that let the stack start fast; or {@code replay} to have
     *     the stack that runs rebuild its totals
     */
    public static void main(String... arguments) {
        Endings endings = new Endings();
        endings.watchSignals();
        int code = 1;
        try {
            code = run(endings, arguments);
        } finally {
            endings.stopped();
        }
        System.exit(code);
    }

    private static int run(Endings endings, String... arguments) {
        Progress progress = new Progress(System.out);
        try {
            Path root = Path.of(System.getProperty("usance.root", "")).toAbsolutePath();
            for (String parent : System.getProperty("usance.parents", "").split(",", -1)) {
                if (!parent.isBlank()) {
                    endings.watchParent(Long.parseLong(parent.strip()));
                }
            }
            Settings settings = Settings.of(root, System.getenv());
            if (List.of(arguments).equals(List.of("train"))) {
                new Training(root, progress, endings).run();
                return 0;
            }
            if (List.of(arguments).equals(List.of("replay"))) {
                return new Replay(settings, endings).run();
            }
            return up(settings, progress, endings);
        } catch (Refusal refusal) {
            progress.line(refusal.getMessage());
            return 1;
        } catch (Endings.Ended stopped) {
            return 1;
        } catch (IOException | UncheckedIOException failure) {
            progress.line("Usance cannot start: " + failure.getMessage() + ".");
            return 1;
        }
    }

    private static int up(Settings settings, Progress progress, Endings endings) throws IOException {
        try (Home home = Home.open(settings.home())) {
            Logs.divert(home.log("launcher"));
            LocalStack stack = new LocalStack(settings, home, progress, new Caches(settings.root())::flags, endings);
            Ending ending;
            try {
                progress.line("Usance starts on http://127.0.0.1:" + settings.port() + "/ with its data in "
                        + settings.home());
                stack.start();
                greet(settings, stack, progress);
                ending = endings.await();
                ending.tell(progress);
            } catch (Endings.Ended ended) {
                ending = endings.await();
                ending.tell(progress);
            } finally {
                stack.stop();
            }
            progress.line("Usance has stopped.");
            return ending.wanted() ? 0 : 1;
        }
    }

    private static void greet(Settings settings, LocalStack stack, Progress progress) throws IOException {
        String address = "http://127.0.0.1:" + settings.port();
        progress.line("");
        progress.line("  Console    " + address + "/");
        progress.line("  API docs   " + address + "/docs");
        progress.line("  Token      " + stack.token());
        progress.line("  Logs       " + settings.home().resolve("logs"));
        progress.line("");
        progress.line("  Try        curl -H 'Authorization: Bearer " + stack.token() + "' " + address
                + "/v3/openmeter/meter-templates");
        progress.line("");
        progress.line("Usance is ready after %.1f s. Ctrl-C stops it.".formatted(progress.seconds()));
    }

    private Up() {}
}
