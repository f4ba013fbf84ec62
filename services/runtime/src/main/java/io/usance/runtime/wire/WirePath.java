package io.usance.runtime.wire;

import com.fasterxml.jackson.databind.JsonMappingException;

/** Where in a body a binding error happened, in the form that problems use. */
final class WirePath {
    static String of(JsonMappingException mismatch) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mismatch.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private WirePath() {}
}
