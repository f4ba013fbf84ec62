package io.usance.gateway.forward;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body as it streams by: says how it ends, and ends it when it grows too long. */
final class WatchedBody implements ReadStream<Buffer> {
    /** Hears how a body ends; one of these, and before whoever reads the body. */
    interface Watcher {
        /** The last byte has gone by. */
        default void whole() {}

        /** It breaks off here: it is longer than it may be. */
        default void tooLarge() {}

        /** It breaks off here: there will be no more of it. */
        default void broken(Runnable tellReader) {
            tellReader.run();
        }
    }

    private final ReadStream<Buffer> source;
    private final long sizeMax;
    private final Watcher watcher;
    private Handler<Throwable> failed = failure -> {};
    private long size;

    /**
     * @param sizeMax bytes that are let through
     */
    WatchedBody(ReadStream<Buffer> source, long sizeMax, Watcher watcher) {
        this.source = source;
        this.sizeMax = sizeMax;
        this.watcher = watcher;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> next) {
        source.handler(next == null ? null : piece -> take(piece, next));
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> next) {
        source.endHandler(
                next == null
                        ? null
                        : end -> {
                            watcher.whole();
                            next.handle(end);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
        failed = next == null ? failure -> {} : next;
        source.exceptionHandler(next == null ? null : failure -> watcher.broken(() -> next.handle(failure)));
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        source.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        source.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        source.fetch(amount);
        return this;
    }

    private void take(Buffer piece, Handler<Buffer> next) {
        if (size > sizeMax) {
            return;
        }
        size += piece.length();
        if (size <= sizeMax) {
            next.handle(piece);
        } else {
            watcher.tooLarge();
            failed.handle(new IllegalStateException("more than " + sizeMax + " bytes"));
        }
    }
}
