package io.usance.local;

/** Why a stack ends. */
sealed interface Ending {
    /** Says so to whoever sits at the terminal. */
    void tell(Progress progress);

    /** Whether it was meant to end. */
    boolean wanted();

    /** Somebody pressed Ctrl-C or sent a signal. */
    record Asked() implements Ending {
        @Override
        public void tell(Progress progress) {
            progress.line("\nStopping.");
        }

        @Override
        public boolean wanted() {
            return true;
        }
    }

    /** Whoever started the launcher is gone, so nobody could end the stack any more. */
    record Abandoned() implements Ending {
        @Override
        public void tell(Progress progress) {
            progress.line("\nWhoever started Usance is gone; stopping.");
        }

        @Override
        public boolean wanted() {
            return true;
        }
    }

    /** A process of the stack ended by itself. */
    record Died(Child child) implements Ending {
        private static final int LOG_LINES = 25;

        @Override
        public void tell(Progress progress) {
            progress.line("\n" + child.name() + " has ended by itself. The last lines of " + child.log() + ":");
            child.lastLines(LOG_LINES).forEach(line -> progress.line("  | " + line));
            progress.line("Stopping the rest.");
        }

        @Override
        public boolean wanted() {
            return false;
        }
    }
}
