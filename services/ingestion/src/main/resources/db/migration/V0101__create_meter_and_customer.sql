-- What catalog and subscription say about meters and customers, kept to count with. Locks nothing: new tables.

create table meter (
    namespace  text   collate "C" not null,
    id         text   collate "C" not null,
    -- Of the event that the row was last changed by; an older one changes nothing.
    sequence   bigint not null,
    event_type text   collate "C",
    -- The meter as catalog described it; null when its end was heard of first.
    definition text,
    deleted_at timestamptz,
    primary key (namespace, id)
);

create index meter_event_type on meter (namespace, event_type) where deleted_at is null;

create table customer (
    namespace  text        collate "C" not null,
    id         text        collate "C" not null,
    sequence   bigint      not null,
    key        text,
    name       text,
    changed_at timestamptz not null,
    deleted_at timestamptz,
    primary key (namespace, id)
);

-- Not unique by subject: the news that one customer gave a subject up may come after the news that another took it.
create table customer_subject (
    namespace   text collate "C" not null,
    subject     text collate "C" not null,
    customer_id text collate "C" not null,
    primary key (namespace, subject, customer_id)
);

create index customer_subject_customer on customer_subject (namespace, customer_id);
