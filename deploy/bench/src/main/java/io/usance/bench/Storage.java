package io.usance.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What the tables of ingestion hold at one moment.
 *
 * @param tables by name; what is split into partitions is one table
 */
record Storage(Map<String, Size> tables) {
    private static final String BYTES = """
            select coalesce(root.relname, c.relname) as name, sum(pg_total_relation_size(c.oid)) as bytes
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_class root on root.oid = pg_partition_root(c.oid)
            where n.nspname = 'ingestion' and c.relkind = 'r'
            group by 1
            """;

    private static final String SETTINGS = """
            select name, current_setting(name)
            from pg_settings
            where name in ('shared_buffers', 'max_wal_size', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_compression')
            order by name
            """;

    /** @param bytes with indexes and what is stored out of line */
    record Size(long rows, long bytes) {}

    static Storage read(Stack stack) {
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement()) {
            Map<String, Long> bytes = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery(BYTES)) {
                while (rows.next()) {
                    bytes.put(rows.getString("name"), rows.getLong("bytes"));
                }
            }
            Map<String, Size> tables = new TreeMap<>();
            for (Map.Entry<String, Long> table : bytes.entrySet()) {
                String name = statement.enquoteIdentifier(table.getKey(), true);
                try (ResultSet rows = statement.executeQuery("select count(*) from ingestion." + name)) {
                    rows.next();
                    tables.put(table.getKey(), new Size(rows.getLong(1), table.getValue()));
                }
            }
            return new Storage(tables);
        } catch (SQLException failure) {
            throw new IllegalStateException("the tables could not be measured", failure);
        }
    }

    /** Settings of the server that decide on its speed, as {@code name=value}. */
    static String serverSettings(Stack stack) {
        StringJoiner settings = new StringJoiner(" ");
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SETTINGS)) {
            while (rows.next()) {
                settings.add(rows.getString(1) + "=" + rows.getString(2));
            }
            return settings.toString();
        } catch (SQLException failure) {
            throw new IllegalStateException("the settings of Postgres could not be read", failure);
        }
    }

    /** What has come since {@code earlier}. */
    Storage minus(Storage earlier) {
        Map<String, Size> more = new TreeMap<>();
        tables.forEach((name, size) -> {
            Size then = earlier.tables.getOrDefault(name, new Size(0, 0));
            more.put(name, new Size(size.rows() - then.rows(), size.bytes() - then.bytes()));
        });
        return new Storage(more);
    }

    long bytes() {
        return tables.values().stream().mapToLong(Size::bytes).sum();
    }
}
