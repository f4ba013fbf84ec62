-- Ready-made meters of a tenant's own; those that every tenant has come with each release.
-- Locks nothing: a new table.

create table meter_template (
    namespace   text        not null,
    id          text        not null, -- chosen by the tenant
    name        text        not null,
    description text,
    meter       text        not null, -- JSON object, a body that creates the meter
    created_at  timestamptz not null,
    primary key (namespace, id)
);
