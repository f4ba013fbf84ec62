-- What catalog has told of published plans, for when it does not answer. Locks nothing: a new table.

create table known_plan (
    namespace      text    not null,
    id             text    not null,
    key            text,
    version        integer,
    effective_from timestamptz,
    effective_to   timestamptz,
    plan           text,
    sequence       bigint  not null,
    primary key (namespace, id)
);

comment on table known_plan is 'key, version, effective_from and plan are null while only the end has been heard of';

create index known_plan_key on known_plan (namespace, key, version);
