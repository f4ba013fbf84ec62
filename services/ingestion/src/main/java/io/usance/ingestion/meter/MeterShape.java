package io.usance.ingestion.meter;

import io.usance.contracts.catalog.Meter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What of a meter decides on its totals: a meter that is only renamed keeps them. */
public final class MeterShape {
    /** A digest of the event type, the aggregation, the value property and the dimensions. */
    public static String of(Meter meter) {
        StringBuilder text = new StringBuilder();
        append(text, meter.eventType());
        append(text, meter.aggregation().wireName());
        append(text, meter.valueProperty() == null ? "" : meter.valueProperty());
        List<String> names = MeterReader.dimensions(meter);
        names.forEach(name -> {
            append(text, name);
            append(text, meter.dimensions().get(name));
        });
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    private MeterShape() {}
}
