package io.usance.contracts.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.usance.kernel.meter.MeterAggregation;
import java.io.IOException;

/** The wire has aggregations in lower case; the kernel, which has them in upper case, must not know JSON. */
public final class AggregationJson {

    public static final class Writer extends StdSerializer<MeterAggregation> {
        private static final long serialVersionUID = 1L;

        public Writer() {
            super(MeterAggregation.class);
        }

        @Override
        public void serialize(MeterAggregation aggregation, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(aggregation.wireName());
        }
    }

    public static final class Reader extends StdDeserializer<MeterAggregation> {
        private static final long serialVersionUID = 1L;

        public Reader() {
            super(MeterAggregation.class);
        }

        @Override
        public MeterAggregation deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = json.getValueAsString();
            return MeterAggregation.parse(text)
                    .orElseThrow(
                            () -> context.weirdStringException(text, MeterAggregation.class, "no such aggregation"));
        }
    }

    private AggregationJson() {}
}
