-- What the tests of the runtime change, and what they know of it by events. Locks nothing: new tables.

create table lamp (
    namespace text   not null,
    id        text   not null,
    color     text   not null,
    version   bigint not null,
    primary key (namespace, id)
);

create table known_lamp (
    namespace text    not null,
    id        text    not null,
    color     text    not null,
    sequence  bigint  not null,
    taken     integer not null,
    trace_id  text    not null,
    primary key (namespace, id)
);
