-- What a tenant says that language models cost. What the price book says is not here: every release brings it along.
-- Locks nothing: a new table.

create table llm_price_override (
    namespace      text        not null,
    id             text        not null,
    provider       text        not null, -- in lower case
    model_id       text        not null, -- in lower case
    model_name     text        not null,
    pricing        text        not null, -- JSON object, as on the wire
    currency       text        not null,
    effective_from timestamptz not null,
    effective_to   timestamptz,
    replaced_at    timestamptz,          -- null: the one in place; else kept for the usage of its time
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    deleted_at     timestamptz,
    version        bigint      not null,
    primary key (namespace, id)
);

create unique index llm_price_override_key on llm_price_override (namespace, provider, model_id, currency)
    where replaced_at is null and deleted_at is null;
create index llm_price_override_model on llm_price_override (namespace, provider, model_id, effective_from)
    where deleted_at is null;
