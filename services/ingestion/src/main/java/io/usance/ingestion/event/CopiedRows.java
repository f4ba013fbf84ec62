package io.usance.ingestion.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the database's binary copy format: of all ways to write many rows the one that costs both sides least. A row is
 * begun with the number of its fields, which then follow in the order of the columns.
 */
public final class CopiedRows {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private ByteBuffer out;

    /** @param sizeHint about how many bytes there will be */
    public CopiedRows(int sizeHint) {
        out = ByteBuffer.allocate(Math.max(CHUNK_BYTES, sizeHint));
        // After the signature no flags, and no extension of the header.
        out.put(SIGNATURE).putInt(0).putInt(0);
    }

    public CopiedRows row(int fields) {
        room(Short.BYTES).putShort((short) fields);
        return this;
    }

    /** @param value null for none */
    public CopiedRows text(String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(-1);
            return this;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        return this;
    }

    public CopiedRows int4(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public CopiedRows int8(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    public CopiedRows bool(boolean value) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public CopiedRows uuid(UUID value) {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    /** @param value to the microsecond */
    public CopiedRows time(Instant value) {
        long seconds = value.getEpochSecond() - EPOCH.getEpochSecond();
        return int8(seconds * 1_000_000 + value.getNano() / 1_000);
    }

    /** Ends the rows and copies them into {@code target}, a table and its columns. */
    public void into(String target, Connection connection) throws SQLException {
        room(Short.BYTES).putShort((short) -1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + target + " from stdin (format binary)");
        try {
            for (int at = 0; at < out.position(); at += CHUNK_BYTES) {
                copy.writeToCopy(out.array(), at, Math.min(CHUNK_BYTES, out.position() - at));
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int size = Math.max(out.position() + bytes, Math.multiplyExact(out.capacity(), 2));
            out = ByteBuffer.allocate(size).put(out.flip());
        }
        return out;
    }
}
