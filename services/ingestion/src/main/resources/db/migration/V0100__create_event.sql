-- Usage events as they were accepted, and how far the topic they come from has been read. Locks nothing: new tables.

create table event (
    -- A place in the table: what a list that is sorted by a time goes on from.
    seq         bigint generated always as identity,
    namespace   text        collate "C" not null,
    source      text        collate "C" not null,
    id          text        collate "C" not null,
    type        text        collate "C" not null,
    subject     text        collate "C" not null,
    occurred_at timestamptz not null,
    ingested_at timestamptz not null,
    stored_at   timestamptz not null,
    -- The CloudEvent as it came. Text and not jsonb, which would change numbers, order and blanks.
    body        text        not null,
    -- What makes an event the same event: it is counted once, for ever.
    primary key (namespace, source, id)
);

-- The event list.
create index event_occurred_at on event (namespace, occurred_at, seq);

-- A meter's events; by subject first because an invoice asks for the few subjects of one customer.
create index event_usage on event (namespace, type, subject, occurred_at);

-- The next record to read. Locked in the transaction that stores the records before it, so that a record is stored once
-- whoever reads it, and however often. The log's own id is part of the key: a topic that was made anew starts again at 0.
create table consumer_offset (
    topic       text   not null,
    log_id      text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (topic, log_id, partition)
);
