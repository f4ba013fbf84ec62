package io.usance.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;

/**
 * Ends the children of a launcher that could not do it itself, because it was killed: a tiny shell that is told every
 * child's process id over a pipe and wakes when the pipe breaks.
 */
final class Watchdog implements AutoCloseable {
    /** Interrupts first, on which Postgres drops its sessions and Java ends in order, and kills after eight seconds. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=
            while read -r word; do
              [ "$word" = stopped ] && exit 0
              pids="$pids $word"
            done
            [ -n "$pids" ] || exit 0
            kill -INT $pids
            for second in 1 2 3 4 5 6 7 8; do
              sleep 1
              alive=
              for pid in $pids; do
                kill -0 $pid && alive="$alive $pid"
              done
              [ -n "$alive" ] || exit 0
              pids=$alive
            done
            kill -KILL $pids
            """;

    private final Process shell;
    private final Writer pipe;

    Watchdog() throws IOException {
        shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        pipe = shell.outputWriter();
    }

    synchronized void watch(ProcessHandle process) {
        tell(Long.toString(process.pid()));
    }

    /** To be called when every child has ended. */
    @Override
    public synchronized void close() {
        tell("stopped");
        try {
            pipe.close();
        } catch (IOException gone) {
            // It has ended already, which is all that was wanted.
        }
    }

    private void tell(String word) {
        try {
            pipe.write(word + "\n");
            pipe.flush();
        } catch (IOException broken) {
            if (shell.isAlive()) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
