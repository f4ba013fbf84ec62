-- What it costs: every row is one version of a plan. Locks nothing: new tables.

create table plan (
    namespace           text        not null,
    id                  text        not null,
    key                 text        not null,
    version             integer     not null,
    name                text        not null,
    description         text,
    labels              text,                 -- JSON object
    currency            text        not null,
    billing_cadence     text        not null,
    pro_rating_enabled  boolean     not null,
    settlement_mode     text        not null,
    phases              text        not null, -- JSON array, as on the wire
    effective_from      timestamptz,          -- null: a draft
    effective_to        timestamptz,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    deleted_at          timestamptz,
    revision            bigint      not null,
    primary key (namespace, id)
);

create unique index plan_version on plan (namespace, key, version);
create unique index plan_draft on plan (namespace, key) where effective_from is null and deleted_at is null;
create unique index plan_open on plan (namespace, key)
    where effective_from is not null and effective_to is null and deleted_at is null;
create index plan_created_at on plan (namespace, created_at, id) where deleted_at is null;

-- Which published versions use a feature, so that it is not archived under them.
create table plan_feature (
    namespace  text not null,
    feature_id text not null,
    plan_id    text not null,
    primary key (namespace, feature_id, plan_id)
);
