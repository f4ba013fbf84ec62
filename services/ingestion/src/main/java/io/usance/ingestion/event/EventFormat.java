package io.usance.ingestion.event;

import io.usance.runtime.problem.InvalidParameter;
import io.usance.runtime.problem.ProblemException;
import io.usance.runtime.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request with events says that its body is. */
enum EventFormat {
    ONE("application/cloudevents+json", true, false),
    BATCH("application/cloudevents-batch+json", false, true),
    EITHER("application/json", true, true);

    private final String mediaType;
    private final boolean takesObject;
    private final boolean takesArray;

    EventFormat(String mediaType, boolean takesObject, boolean takesArray) {
        this.mediaType = mediaType;
        this.takesObject = takesObject;
        this.takesArray = takesArray;
    }

    boolean takesObject() {
        return takesObject;
    }

    boolean takesArray() {
        return takesArray;
    }

    /**
     * The format that a request's Content-Type names. Parameters such as a charset are passed over (JSON is UTF-8 whatever
     * they say), and of several headers, which some clients send, the first that is known counts.
     *
     * @throws ProblemException 400 that names the three that are taken
     */
    static EventFormat of(List<String> contentTypes) {
        return contentTypes.stream()
                .map(EventFormat::parse)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> unknown(contentTypes));
    }

    private static Optional<EventFormat> parse(String contentType) {
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    private static ProblemException unknown(List<String> contentTypes) {
        List<String> choices =
                Arrays.stream(values()).map(format -> format.mediaType).toList();
        String given = contentTypes.isEmpty() ? "is missing" : "is " + String.join(", ", contentTypes);
        return Problems.invalid(InvalidParameter.header(
                        "Content-Type", "enum", given + ", but must be one of " + String.join(", ", choices))
                .withChoices(choices));
    }
}
