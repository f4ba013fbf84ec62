-- Events by the month in which they happened, so that old ones are dropped as whole tables, and what makes an event the same
-- event apart from them, narrow and for ever. Rewrites the table of events, which is locked meanwhile.

alter table event rename to event_before;
alter index event_pkey rename to event_before_pkey;
alter index event_occurred_at rename to event_before_occurred_at;
alter index event_usage rename to event_before_usage;
alter index event_partition rename to event_before_partition;

-- Which events there ever were: each is counted once, for ever, also when the event itself is not kept any more.
create table event_identity (
    namespace   text        collate "C" not null,
    -- Four bytes of the id, by which an event is found when only that is known, and twelve of source and id together.
    digest      uuid        not null,
    -- A checksum of the body, to see whether it came again with other content; null for events from before it was kept.
    content     int,
    occurred_at timestamptz not null,
    primary key (namespace, digest)
);

create sequence event_seq as bigint;
select setval('event_seq', greatest(1, (select max(seq) from event_before)));

create table event (
    -- A place in the table: what a list that is sorted by a time goes on from.
    seq         bigint      not null,
    namespace   text        collate "C" not null,
    source      text        collate "C" not null,
    id          text        collate "C" not null,
    type        text        collate "C" not null,
    subject     text        collate "C" not null,
    occurred_at timestamptz not null,
    ingested_at timestamptz not null,
    stored_at   timestamptz not null,
    -- The partition of the topic that the event came by: events of one are stored one transaction after the other, so seq
    -- rises with their commits.
    partition   int         not null,
    -- Stored so long after it happened that it is listed in late_event until it is counted.
    late        boolean     not null,
    -- The CloudEvent as it came. Text and not jsonb, which would change numbers, order and blanks.
    body        text        not null
) partition by range (occurred_at);

-- The event list. Not unique, because a database that is spread over machines by subject could not see to that.
create index event_occurred_at on event (namespace, occurred_at, seq);

-- A meter's events; by subject first because an invoice asks for the few subjects of one customer.
create index event_usage on event (namespace, type, subject, occurred_at);

-- What is still to be counted.
create index event_partition on event (partition, seq);

-- Times for which no month was made: far from now, or from before events were kept by month.
create table event_at_other_times partition of event default;

insert into event_identity (namespace, digest, occurred_at)
select namespace,
       encode(substring(sha256(convert_to(id, 'UTF8')) for 4)
           || substring(sha256(convert_to(octet_length(source) || ':' || source || id, 'UTF8')) for 12), 'hex')::uuid,
       occurred_at
from event_before;

do $$
declare
    month timestamptz;
begin
    for month in select distinct date_trunc('month', occurred_at, 'UTC') from event_before loop
        execute format('create table %I partition of event for values from (%L) to (%L)',
            'event_' || to_char(month at time zone 'UTC', 'YYYY_MM'),
            month, date_add(month, interval '1 month', 'UTC'));
    end loop;
end
$$;

insert into event (seq, namespace, source, id, type, subject, occurred_at, ingested_at, stored_at, partition, late, body)
select seq, namespace, source, id, type, subject, occurred_at, ingested_at, stored_at, partition, late, body
from event_before;

drop table event_before;

-- How far the topic was read in terms of the log's own history: where the log was cut off and went on otherwise, the same
-- offsets are other records.
alter table consumer_offset add column leader_epoch int not null default -1;

-- From when on every event is still kept: the latest counts. No row: nothing was ever dropped.
create table event_retention (
    kept_from timestamptz not null
);
