-- Currencies of a tenant's own, and what a unit of one is worth in money. Locks nothing: new tables.

create table custom_currency (
    namespace          text        not null,
    id                 text        not null,
    code               text        not null,
    name               text        not null,
    symbol             text,
    precision          integer     not null,
    decimal_mark       text        not null,
    thousand_separator text        not null,
    created_at         timestamptz not null,
    primary key (namespace, id)
);

-- A currency is never deleted, so its code is taken for good.
create unique index custom_currency_code on custom_currency (namespace, code);

create table cost_basis (
    namespace      text        not null,
    id             text        not null,
    currency_id    text        not null,
    fiat_code      text        not null,
    rate           numeric     not null,
    effective_from timestamptz not null,
    effective_to   timestamptz,          -- exclusive; null: until there is another one
    created_at     timestamptz not null,
    version        bigint      not null,
    primary key (namespace, id)
);

-- Whoever adds one holds the currency's lock; these two are the last line against two in force at once.
create unique index cost_basis_start on cost_basis (namespace, currency_id, fiat_code, effective_from);
create unique index cost_basis_open on cost_basis (namespace, currency_id, fiat_code) where effective_to is null;
create index cost_basis_created_at on cost_basis (namespace, currency_id, created_at, id);
