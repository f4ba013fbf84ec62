package io.usance.local;

/** Why the stack does not start, as one sentence for whoever typed the command. */
final class Refusal extends RuntimeException {
    Refusal(String sentence) {
        super(sentence);
    }

    Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
