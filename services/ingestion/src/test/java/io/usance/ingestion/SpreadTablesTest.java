package io.usance.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usance.testkit.Database;
import io.usance.testkit.PlatformResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the tables can be spread over machines as {@code deploy/postgres/citus.sql} says. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(Owners.class)
class SpreadTablesTest {
    private static final Path SCRIPT = Path.of("../../deploy/postgres/citus.sql");
    private static final Pattern SPREAD =
            Pattern.compile("create_distributed_table\\('(?<table>\\w+)', '(?<column>\\w+)'");
    private static final Pattern COPIED = Pattern.compile("create_reference_table\\('(?<table>\\w+)'");
    /** All tables of tenants are joined on the tenant, and so this finds every join. */
    private static final Pattern JOIN_BY_ALIAS =
            Pattern.compile("\\b(\\w+)\\.namespace = (?!came)(\\w+)\\.namespace\\b");

    private static final Pattern ALIAS = Pattern.compile("\\b(?:from|join|using|into|update) (\\w+) (?:as )?(\\w+)");

    private static final Pattern JOIN_BY_NAME = Pattern.compile("join \\w+ using \\(([^)]*)\\)");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);

    /** Of no tenant, and small; where they are no machine but the coordinator needs them. */
    private static final Set<String> OF_THE_COORDINATOR =
            Set.of("consumer_offset", "event_position", "event_retention", "replay", "totals_check");

    @Test
    void every_unique_index_of_a_spread_table_has_the_column_by_which_it_is_spread() throws IOException {
        Map<String, String> spread = spread();
        assertThat(spread).containsOnlyKeys("event", "event_identity", "late_event", "total", "total_value");
        spread.forEach((table, column) -> {
            List<String> indexes = Database.column("""
                    select i.indexrelid::regclass || ': ' || string_agg(a.attname, ' ')
                    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                    where i.indrelid = ('ingestion.' || ?)::regclass and i.indisunique
                    group by i.indexrelid
                    """, table);
            assertThat(indexes)
                    .as(table)
                    .allSatisfy(
                            index -> assertThat(index.split(": ")[1].split(" ")).contains(column));
            assertThat(Database.column("""
                            select attname from pg_attribute
                            where attrelid = ('ingestion.' || ?)::regclass and attname = ? and attnotnull""", table, column)).hasSize(1);
        });
    }

    @Test
    void every_join_of_spread_tables_is_on_the_column_by_which_they_are_spread() throws IOException {
        List<String> joins = new ArrayList<>();
        Pattern ofSpread = Pattern.compile("\\b(from|join|using) (" + String.join("|", spread().keySet()) + ")\\b");
        for (String sql : textBlocks().stream()
                .filter(block -> ofSpread.matcher(block).find())
                .toList()) {
            Map<String, String> tables = new TreeMap<>();
            ALIAS.matcher(sql).results().forEach(found -> tables.put(found.group(2), found.group(1)));
            Matcher byAlias = JOIN_BY_ALIAS.matcher(sql);
            while (byAlias.find()) {
                if (!isSpread(tables.get(byAlias.group(1))) || !isSpread(tables.get(byAlias.group(2)))) {
                    // What is on every machine is joined anyhow.
                    continue;
                }
                joins.add(sql);
                assertThat(sql)
                        .containsPattern("\\b" + byAlias.group(1) + "\\.(subject|digest) = " + byAlias.group(2)
                                + "\\.(subject|digest)\\b");
            }
            Matcher byName = JOIN_BY_NAME.matcher(sql);
            while (byName.find()) {
                joins.add(sql);
                assertThat(byName.group(1)).containsPattern("\\b(subject|digest)\\b");
            }
        }
        assertThat(joins).isNotEmpty();
    }

    /** What has no table in a piece of a statement is of the statement around it. */
    private static boolean isSpread(String table) throws IOException {
        return table == null || spread().containsKey(table);
    }

    private static List<String> textBlocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher matcher = TEXT_BLOCK.matcher(Files.readString(file));
                while (matcher.find()) {
                    blocks.add(matcher.group(1));
                }
            }
        }
        return blocks;
    }

    @Test
    void every_table_of_a_tenant_has_its_place() throws IOException {
        Set<String> placed = new HashSet<>(spread().keySet());
        Matcher copied = COPIED.matcher(Files.readString(SCRIPT));
        while (copied.find()) {
            placed.add(copied.group("table"));
        }
        placed.addAll(OF_THE_COORDINATOR);
        assertThat(Database.column("""
                        select relname from pg_class c
                        where relnamespace = 'ingestion'::regnamespace and relkind in ('r', 'p') and not relispartition
                          and relname not in ('outbox', 'inbox', 'flyway_schema_history')
                        """)).isSubsetOf(placed);
    }

    private static Map<String, String> spread() throws IOException {
        Map<String, String> spread = new TreeMap<>();
        Matcher matcher = SPREAD.matcher(Files.readString(SCRIPT));
        while (matcher.find()) {
            spread.put(matcher.group("table"), matcher.group("column"));
        }
        return spread;
    }
}
