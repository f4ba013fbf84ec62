package io.usance.ingestion.usage;

import io.usance.ingestion.customer.KnownCustomer;
import io.usance.ingestion.usage.model.UsageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A {@link UsageTable} as RFC 4180 text: CRLF ends a line, quotes go around what has a comma, a quote or a line break. */
final class UsageCsv {
    static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
    private static final KnownCustomer NOBODY = new KnownCustomer("", "", "");

    static String of(UsageTable table) {
        StringBuilder csv = new StringBuilder();
        line(csv, header(table.query()));
        table.rows().forEach(row -> line(csv, cells(table, row)));
        return csv.toString();
    }

    private static List<String> header(UsageQuery query) {
        List<String> header = new ArrayList<>(List.of("from", "to"));
        for (String dimension : query.groupBy()) {
            header.add(dimension);
            if (dimension.equals(UsageQuery.CUSTOMER)) {
                header.add("customer_key");
                header.add("customer_name");
            }
        }
        header.add("value");
        return header;
    }

    private static List<String> cells(UsageTable table, UsageRow row) {
        List<String> cells =
                new ArrayList<>(List.of(row.from().toString(), row.to().toString()));
        List<String> groupBy = table.query().groupBy();
        for (int i = 0; i < groupBy.size(); i++) {
            String value = row.group().get(i);
            cells.add(value);
            if (groupBy.get(i).equals(UsageQuery.CUSTOMER)) {
                KnownCustomer customer = table.customers().getOrDefault(value, NOBODY);
                cells.add(customer.key());
                cells.add(customer.name());
            }
        }
        cells.add(row.value().toPlainString());
        return cells;
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(UsageCsv::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String quoted(String cell) {
        return QUOTED.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    private UsageCsv() {}
}
