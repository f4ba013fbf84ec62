-- Running totals beside the raw events, so that a question costs the same however long the history is. Adds columns and an
-- index to the table of events, which locks it for as long as the index is built.

-- The partition of the topic that the event came by: events of one are stored one transaction after the other, so seq rises
-- with their commits.
alter table event add column partition int not null default 0;
-- Stored so long after it happened that it is listed in late_event until it is counted.
alter table event add column late boolean not null default false;

create index event_partition on event (partition, seq);

-- How far the events of a partition are stored, and how far they are in the totals.
create table event_position (
    partition   int    not null primary key,
    last_seq    bigint not null,
    counted_seq bigint not null,
    -- No event that is not counted yet, late ones aside, happened before it; null when there is none.
    open_from   timestamptz
);

insert into event_position (partition, last_seq, counted_seq, open_from)
select 0, max(seq), 0, min(occurred_at) from event having count(*) > 0;

-- Late events that are not counted yet, once more: whoever asks about a subject finds them without reading its history.
create table late_event (
    namespace   text        collate "C" not null,
    type        text        collate "C" not null,
    subject     text        collate "C" not null,
    occurred_at timestamptz not null,
    partition   int         not null,
    seq         bigint      not null,
    source      text        not null,
    id          text        not null,
    body        text        not null
);

create index late_event_usage on late_event (namespace, type, subject, occurred_at);
create index late_event_partition on late_event (partition, seq);

-- What of a meter decides on its totals, in one word; and that of the totals that are kept.
alter table meter add column shape text default '';
alter table meter add column counted_shape text;
create index meter_uncounted on meter (namespace, id)
    where (deleted_at is null and shape is distinct from counted_shape)
       or (deleted_at is not null and counted_shape is not null);

-- The totals of one shape of one meter.
create table counting (
    namespace  text   collate "C" not null,
    id         bigint generated always as identity,
    meter_id   text   collate "C" not null,
    shape      text   not null,
    event_type text   collate "C" not null,
    definition text   not null,
    -- filling: the history is still missing; live: every counted event is in the totals; retired: to be removed.
    state      text   not null check (state in ('filling', 'live', 'retired')),
    -- The history: events of these partitions up to these numbers, and the place up to which it is in the totals.
    partitions int[]    not null,
    until_seqs bigint[] not null,
    at_subject text     collate "C" not null default '',
    at_time    timestamptz not null default '1970-01-01T00:00:00Z',
    at_seq     bigint   not null default 0,
    primary key (namespace, id)
);

create index counting_event_type on counting (namespace, event_type) where state <> 'retired';
create index counting_meter on counting (namespace, meter_id);
create index counting_work on counting (state) where state <> 'live';

-- Usage of a subject, or of all subjects where it is empty, in one stretch of time and with one set of dimensions.
create table total (
    namespace     text        collate "C" not null,
    counting_id   bigint      not null,
    -- Width of the stretch in seconds.
    level         int         not null,
    subject       text        collate "C" not null,
    starts_at     timestamptz not null,
    -- A digest of the dimensions, which may be long.
    slice         uuid        not null,
    -- The dimensions' values in the order of their names, as a JSON array.
    dimensions    text        not null,
    count         bigint      not null,
    -- The sum, the least, the greatest or the latest value, as the meter aggregates.
    number        numeric,
    latest_source text        collate "C",
    latest_id     text        collate "C",
    first_at      timestamptz not null,
    last_at       timestamptz not null,
    primary key (namespace, counting_id, level, subject, starts_at, slice)
) with (fillfactor = 80);

-- The different values behind a total, for meters that count them.
create table total_value (
    namespace   text        collate "C" not null,
    counting_id bigint      not null,
    level       int         not null,
    subject     text        collate "C" not null,
    starts_at   timestamptz not null,
    slice       uuid        not null,
    -- A digest of the value, which may be long.
    digest      uuid        not null,
    value       text        not null,
    primary key (namespace, counting_id, level, subject, starts_at, slice, digest)
);
