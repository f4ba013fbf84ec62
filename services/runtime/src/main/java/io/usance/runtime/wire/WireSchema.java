package io.usance.runtime.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a record that is a request body: the schema in the public API's description that the body must satisfy before it is
 * bound. Everything that the schema forbids is answered with one problem that lists every fault.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WireSchema {
    /** Name under {@code components.schemas}. */
    String value();

    /** What clients may write in another way than the schema has it is put right by this, before the check. */
    Class<? extends WireShorthand> shorthand() default WireShorthand.None.class;
}
