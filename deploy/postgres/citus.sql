-- Spreads the usage tables over the machines of a Citus cluster. To be run once, as the role ingestion, after the service
-- ingestion has made its tables and before there are many events.
--
--     psql -U ingestion -f citus.sql
--
-- What is counted is spread by subject, so that one subject's usage is on one machine and a tenant's on all of them. What
-- makes an event unique is spread by its digest, because the same event may come with another subject. What every
-- question needs and is small is on every machine.

select create_distributed_table('event_identity', 'digest');
select create_distributed_table('event', 'subject');
select create_distributed_table('late_event', 'subject', colocate_with => 'event');
select create_distributed_table('total', 'subject', colocate_with => 'event');
select create_distributed_table('total_value', 'subject', colocate_with => 'event');
select create_reference_table('counting');
select create_reference_table('meter');
select create_reference_table('customer');
select create_reference_table('customer_subject');
select create_reference_table('replay_meter');
select create_reference_table('replay_day');
select create_reference_table('checked_day');
