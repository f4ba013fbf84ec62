-- What it costs: an index over all events is built, and meanwhile events are read and not stored; what comes waits in Kafka.
-- Why: by type first, the latest events of a customer could only be found by sorting all of them.

create index event_subject on event (namespace, subject, occurred_at, type);
drop index event_usage;
