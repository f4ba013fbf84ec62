package io.usance.runtime.list;

import java.util.EnumSet;
import java.util.Set;

/** What a field of a list holds, and therefore which operators its filter takes. */
public enum FieldKind {
    /** Free text. */
    TEXT(EnumSet.allOf(Operator.class)),
    /** Text that is kept in lower case; what is asked for is read in lower case too. */
    LOWER_CASE(EnumSet.allOf(Operator.class)),
    /** A word from a small set, such as a status or a currency. */
    EXACT(EnumSet.of(Operator.EQ, Operator.NEQ, Operator.OEQ)),
    /** A ULID. */
    ID(EnumSet.of(Operator.EQ, Operator.NEQ, Operator.OEQ)),
    /** An instant. */
    TIME(EnumSet.of(Operator.EQ, Operator.LT, Operator.LTE, Operator.GT, Operator.GTE));

    private final Set<Operator> operators;

    FieldKind(Set<Operator> operators) {
        this.operators = operators;
    }

    Set<Operator> operators() {
        return operators;
    }
}
