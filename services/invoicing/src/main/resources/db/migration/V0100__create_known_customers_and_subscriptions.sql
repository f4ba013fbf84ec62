-- What invoicing knows of customers and subscriptions from the topic, for when their owner does not answer.
-- Locks nothing: new tables. The sequence keeps an older event from overwriting a newer one.

create table known_customer (
    namespace text   not null,
    id        text   not null,
    sequence  bigint not null,
    deleted   boolean not null,
    customer  text,
    primary key (namespace, id)
);

create table known_subscription (
    namespace    text   not null,
    id           text   not null,
    customer_id  text   not null,
    sequence     bigint not null,
    subscription text   not null,
    primary key (namespace, id)
);

create index known_subscription_customer on known_subscription (namespace, customer_id);
