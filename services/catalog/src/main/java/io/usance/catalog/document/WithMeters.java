package io.usance.catalog.document;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Takes a role for meters, too: see {@link MeterRoles}. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface WithMeters {}
