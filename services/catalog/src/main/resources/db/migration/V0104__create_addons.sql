-- What is sold on top of plans: every row of addon is one version. Locks nothing: new tables.

create table addon (
    namespace      text        not null,
    id             text        not null,
    key            text        not null,
    version        integer     not null,
    name           text        not null,
    description    text,
    labels         text,                 -- JSON object
    instance_type  text        not null,
    currency       text        not null,
    rate_cards     text        not null, -- JSON array, as on the wire
    effective_from timestamptz,          -- null: a draft
    effective_to   timestamptz,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    deleted_at     timestamptz,
    primary key (namespace, id)
);

create unique index addon_version on addon (namespace, key, version);
create unique index addon_draft on addon (namespace, key) where effective_from is null and deleted_at is null;
create unique index addon_open on addon (namespace, key)
    where effective_from is not null and effective_to is null and deleted_at is null;
create index addon_created_at on addon (namespace, created_at, id) where deleted_at is null;

-- Which published versions use a feature, so that it is not archived under them.
create table addon_feature (
    namespace  text not null,
    feature_id text not null,
    addon_id   text not null,
    primary key (namespace, feature_id, addon_id)
);

-- Which add-on versions can be bought with which plan versions.
create table plan_addon (
    namespace       text        not null,
    id              text        not null,
    plan_id         text        not null,
    addon_id        text        not null,
    name            text        not null,
    description     text,
    labels          text,                 -- JSON object
    from_plan_phase text        not null,
    max_quantity    integer,              -- null: any, or one when the add-on is single
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz,
    primary key (namespace, id)
);

create unique index plan_addon_pair on plan_addon (namespace, plan_id, addon_id) where deleted_at is null;
create index plan_addon_created_at on plan_addon (namespace, plan_id, created_at, id) where deleted_at is null;
