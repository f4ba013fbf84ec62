-- Rebuilding totals from the events beside those that answer, and checking them against the events. New tables; the check
-- of counting.state is made anew, which reads that small table under a lock.

-- rebuilding: a second counting of the same shape beside the live one, its history is still missing; rebuilt: it has all
-- that the live one has, and waits to be compared with it and to take its place.
alter table counting drop constraint counting_state_check;
alter table counting add constraint counting_state_check
    check (state in ('filling', 'live', 'rebuilding', 'rebuilt', 'retired'));
-- Events before it are no part of the history: what was counted of them is copied. Null for none.
alter table counting add column history_from timestamptz;
-- About how many events the history has, null until somebody counted; and how many of them are in the totals.
alter table counting add column history_size bigint;
alter table counting add column history_counted bigint not null default 0;

-- Rebuildings of all totals.
create table replay (
    id         bigint generated always as identity primary key,
    asked_at   timestamptz not null default now(),
    begun_at   timestamptz,
    ended_at   timestamptz
);

-- One at a time.
create unique index replay_open on replay ((ended_at is null)) where ended_at is null;

-- What a replay has to do, kept until the next one begins.
create table replay_meter (
    namespace    text   collate "C" not null,
    replay_id    bigint not null,
    meter_id     text   collate "C" not null,
    -- equal, different: compared, and the rebuilt totals answer; gone: the meter went or changed meanwhile.
    state        text   not null check (state in ('waiting', 'rebuilding', 'equal', 'different', 'gone')),
    -- The countings: the one that answered, and the one that is to take its place.
    counting_id  bigint not null,
    rebuilt_id   bigint,
    -- Totals before it are copied, because not all of their events are kept; null if none are.
    copied_until timestamptz,
    -- How far they are copied: up to this total.
    copied       boolean not null default false,
    at_level     int    not null default 0,
    at_subject   text   collate "C" not null default '',
    at_start     timestamptz not null default '-infinity',
    at_slice     uuid   not null default '00000000-0000-0000-0000-000000000000',
    primary key (namespace, replay_id, meter_id)
);

create index replay_meter_open on replay_meter (replay_id, state);

-- Digests of a meter's totals in a day of UTC, both of the same moment: of those that answered and of the rebuilt ones.
-- Null where there is none.
create table replay_day (
    namespace text   collate "C" not null,
    replay_id bigint not null,
    meter_id  text   collate "C" not null,
    day       date   not null,
    before    uuid,
    after     uuid,
    -- Copied and not rebuilt.
    copied    boolean not null,
    primary key (namespace, replay_id, meter_id, day)
);

-- Runs of the self-check; those that are over are kept for a while.
create table totals_check (
    id       bigint generated always as identity primary key,
    begun_at timestamptz not null,
    ended_at timestamptz,
    days     int    not null default 0,
    events   bigint not null default 0
);

-- Days of UTC of each tenant, and when their totals were last compared with their events.
create table checked_day (
    namespace   text collate "C" not null,
    day         date not null,
    -- Null if never.
    checked_at  timestamptz,
    -- The meters whose totals were not what the events give.
    disagreeing text[] not null default '{}',
    primary key (namespace, day)
);

create index checked_day_disagreeing on checked_day (namespace, day) where disagreeing <> '{}';
create index checked_day_next on checked_day (checked_at nulls first, day desc);
