package io.usance.ingestion.event;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.usance.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Shows the storing of a batch in the trace of its first request, with links to those of the others. */
@ApplicationScoped
class BatchTrace {
    private static final int LINKS_MAX = 100;

    @Inject
    Tracer tracer;

    /** A span that goes on until it is ended. */
    Span start(List<LogRecord> batch) {
        SpanBuilder span = tracer.spanBuilder(Topics.EVENTS + " process")
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(trace(batch.getFirst()))
                .setAttribute("messaging.batch.message_count", batch.size());
        batch.stream()
                .skip(1)
                .limit(LINKS_MAX)
                .map(record -> Span.fromContext(trace(record)).getSpanContext())
                .forEach(span::addLink);
        return span.startSpan();
    }

    private static Context trace(LogRecord record) {
        return GlobalOpenTelemetry.getPropagators()
                .getTextMapPropagator()
                .extract(Context.root(), record.origin().headers(), new HeaderGetter());
    }

    private static final class HeaderGetter implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers headers) {
            return StreamSupport.stream(headers.spliterator(), false)
                    .map(Header::key)
                    .toList();
        }

        @Override
        public String get(Headers headers, String name) {
            Header header = headers == null ? null : headers.lastHeader(name);
            return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
