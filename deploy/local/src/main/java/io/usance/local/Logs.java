package io.usance.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where the libraries of the launcher and of the broker log to: only what is wrong, a line each. */
final class Logs {
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL %4$s [%3$s] %5$s%6$s%n";

    /** To the standard error stream. */
    static void plain() {
        handle(new ConsoleHandler());
    }

    /** To a file: it is of no use to who waits at the terminal. */
    static void divert(Path file) throws IOException {
        handle(new FileHandler(file.toString()));
    }

    private static void handle(Handler handler) {
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            root.removeHandler(other);
        }
        handler.setFormatter(new SimpleFormatter());
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
    }

    private Logs() {}
}
