-- What can be sold. Locks nothing: a new table. Archived features stay for history.

create table feature (
    namespace     text        not null,
    id            text        not null,
    key           text        not null,
    name          text        not null,
    description   text,
    labels        text,                 -- JSON object
    meter_id      text,
    meter_filters text,                 -- JSON object: dimension to condition
    unit_cost     text,                 -- JSON object, as on the wire
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    deleted_at    timestamptz,
    version       bigint      not null,
    primary key (namespace, id)
);

-- A key is free again once its feature is archived.
create unique index feature_key on feature (namespace, key) where deleted_at is null;
create index feature_meter on feature (namespace, meter_id) where deleted_at is null;
create index feature_created_at on feature (namespace, created_at, id) where deleted_at is null;
