package io.usance.runtime.list;

/** @param field the field's name on the wire */
public record SortOrder(String field, boolean descending) {}
