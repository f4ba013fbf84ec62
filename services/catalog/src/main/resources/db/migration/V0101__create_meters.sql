-- What is counted. Locks nothing: a new table.

create table meter (
    namespace      text        not null,
    id             text        not null,
    key            text        not null,
    name           text        not null,
    description    text,
    labels         text,                 -- JSON object
    aggregation    text        not null,
    event_type     text        not null,
    events_from    timestamptz,
    value_property text,
    dimensions     text,                 -- JSON object: name to JSONPath
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    deleted_at     timestamptz,
    version        bigint      not null,
    primary key (namespace, id)
);

-- A key is free again once its meter is deleted.
create unique index meter_key on meter (namespace, key) where deleted_at is null;
create index meter_created_at on meter (namespace, created_at, id) where deleted_at is null;
