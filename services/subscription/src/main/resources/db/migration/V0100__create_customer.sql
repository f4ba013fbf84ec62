-- Customers, and which event subjects are whose. Locks nothing: new tables.

create table customer (
    namespace       text        not null,
    id              text        not null,
    key             text        not null,
    name            text        not null,
    description     text,
    labels          text,
    subject_keys    text        not null,
    primary_email   text,
    currency        text,
    currency_fixed  boolean     not null,
    billing_address text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    deleted_at      timestamptz,
    sequence        bigint      not null,
    primary key (namespace, id)
);

comment on column customer.currency_fixed is 'a priced subscription has set the currency; it stays';
comment on column customer.sequence is 'counts the changes of the row; its events carry it';

create unique index customer_key on customer (namespace, key) where deleted_at is null;
create index customer_name on customer (namespace, name, id) where deleted_at is null;

-- Every name under which a living customer's usage may arrive: its key, its id and its subject keys. The primary key
-- gives each name to one customer, also when two ask at once.
create table customer_subject (
    namespace      text    not null,
    subject        text    not null,
    customer_id    text    not null,
    is_subject_key boolean not null,
    primary key (namespace, subject)
);

comment on column customer_subject.is_subject_key is 'among the subject keys that the caller gave, so that lists find it';

create index customer_subject_customer on customer_subject (namespace, customer_id);
