-- What it costs: an index over all events is built, and meanwhile events are read and not stored; what comes waits in Kafka.
-- Why: see EventRepository.LISTED_AT.

create index event_listed_at on event (namespace, (occurred_at at time zone 'UTC'), seq);
drop index event_occurred_at;
