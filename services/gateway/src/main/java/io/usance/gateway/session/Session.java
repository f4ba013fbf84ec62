package io.usance.gateway.session;

import io.usance.gateway.access.BearerToken;
import java.time.Instant;

/**
 * A browser that is signed in.
 *
 * @param token on whose behalf it acts
 * @param endsAt from when on it must sign in again
 */
public record Session(BearerToken token, Instant endsAt) {}
