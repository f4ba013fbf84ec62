package io.usance.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * What the stack's own Postgres can do when it is asked for nothing but deduplication: {@code COPY} into a staging table,
 * then {@code INSERT … ON CONFLICT DO NOTHING} into one table that has the key of an event, over two connections.
 */
final class DedupeLimit {
    private static final int CONNECTIONS = 2;
    private static final int BATCH = 10_000;
    private static final byte[] NAMESPACE = "default".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private final Stack stack;
    private final long rows;
    private final int payloadBytes;

    /**
     * @param rows in all
     * @param payloadBytes of text beside the key; 0 for the key alone
     */
    DedupeLimit(Stack stack, long rows, int payloadBytes) {
        this.stack = stack;
        this.rows = rows;
        this.payloadBytes = payloadBytes;
    }

    /** Rows a second, one in a hundred of which was there already. */
    double rowsPerSecond() {
        try (Connection owner = stack.postgres();
                Statement statement = owner.createStatement()) {
            String payload = payloadBytes > 0 ? ", payload text not null" : "";
            statement.execute("drop schema if exists bench cascade");
            statement.execute("create schema bench");
            statement.execute(
                    "create table bench.event_key (namespace text collate \"C\" not null, digest uuid not null"
                            + payload + ", primary key (namespace, digest))");
            // What came before is not to be written out in this one's time.
            statement.execute("checkpoint");
            double rate = measure();
            statement.execute("drop schema bench cascade");
            return rate;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private double measure() {
        AtomicLong left = new AtomicLong(rows);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            long start = System.nanoTime();
            List<Future<Long>> inserted = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                long seed = i;
                Callable<Long> insert = () -> insert(left, seed);
                inserted.add(threads.submit(insert));
            }
            long sent = 0;
            for (Future<Long> some : inserted) {
                sent += some.get();
            }
            return sent / ((System.nanoTime() - start) / 1e9);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private long insert(AtomicLong left, long seed) throws SQLException, IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer batch = ByteBuffer.allocate(BATCH * (64 + payloadBytes) + 64);
        byte[] payload = new byte[payloadBytes];
        long sent = 0;
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("create temp table staging (like bench.event_key) on commit delete rows");
            connection.commit();
            while (left.addAndGet(-BATCH) >= 0) {
                fill(batch, random, payload);
                CopyIn copy = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy staging from stdin (format binary)");
                copy.writeToCopy(batch.array(), 0, batch.position());
                copy.endCopy();
                statement.execute("insert into bench.event_key select * from staging on conflict do nothing");
                connection.commit();
                sent += BATCH;
            }
        }
        return sent;
    }

    private void fill(ByteBuffer batch, SplittableRandom random, byte[] payload) {
        batch.clear();
        batch.put(SIGNATURE).putInt(0).putInt(0);
        long high = 0;
        long low = 0;
        for (int row = 0; row < BATCH; row++) {
            if (row % 100 != 99) {
                high = random.nextLong();
                low = random.nextLong();
            }
            batch.putShort((short) (payloadBytes > 0 ? 3 : 2));
            batch.putInt(NAMESPACE.length).put(NAMESPACE);
            batch.putInt(16).putLong(high).putLong(low);
            if (payloadBytes > 0) {
                for (int i = 0; i < payload.length; i++) {
                    payload[i] = (byte) ('a' + (high >>> (i & 63)) % 16 + 8);
                }
                batch.putInt(payload.length).put(payload);
            }
        }
        batch.putShort((short) -1);
    }
}
