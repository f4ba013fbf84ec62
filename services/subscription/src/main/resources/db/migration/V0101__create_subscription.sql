-- Subscriptions. Locks nothing: a new table.

create table subscription (
    namespace           text        not null,
    id                  text        not null,
    customer_id         text        not null,
    plan_id             text        not null,
    plan_key            text        not null,
    plan_version        integer     not null,
    name                text        not null,
    description         text,
    labels              text,
    invoice_currency    text        not null,
    billing_cadence     text        not null,
    billing_anchor      timestamptz not null,
    pro_rating_enabled  boolean     not null,
    settlement_mode     text        not null,
    cost_basis_mode     text        not null,
    active_from         timestamptz not null,
    active_to           timestamptz,
    phases              text        not null,
    features            text        not null,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    sequence            bigint      not null,
    primary key (namespace, id),
    check (active_to > active_from)
);

comment on column subscription.phases is 'JSON: every phase of the plan with its start, also those that an end cuts off';
comment on column subscription.features is 'JSON: the features of the phases'' rate cards, as they were at the start';
comment on column subscription.sequence is 'counts the changes of the row; its events carry it';

create index subscription_active_from on subscription (namespace, active_from, id);
create index subscription_customer on subscription (namespace, customer_id, active_from);
create index subscription_plan_key on subscription (namespace, plan_key, customer_id);

-- The lock on the customer's row keeps it to one subscription at a time; for those without an end the database does too.
create unique index subscription_open on subscription (namespace, customer_id) where active_to is null;
