-- What a service says to the others (outbox) and has heard from them (inbox). Locks nothing: new tables.

create table outbox (
    id          bigint generated always as identity primary key,
    namespace   text        not null,
    topic       text        not null,
    key         text        not null,
    payload     text        not null,
    traceparent text,
    created_at  timestamptz not null
);

-- Wakes the relay; Postgres delivers the notice at commit and not at all after a rollback.
create function notify_outbox() returns trigger language plpgsql as $$
begin
    perform pg_notify(tg_table_schema || '_outbox', '');
    return null;
end
$$;

create trigger outbox_appended after insert on outbox
    for each statement execute function notify_outbox();

create table inbox (
    namespace   text        not null,
    event_id    text        not null,
    received_at timestamptz not null,
    primary key (namespace, event_id)
);

create index inbox_received_at on inbox (received_at);
