-- How a tenant's invoices are made. Locks nothing: new table. At most one default per tenant.

create table billing_profile (
    namespace  text        not null,
    id         text        not null,
    name       text        not null,
    is_default boolean     not null,
    created_at timestamptz not null,
    primary key (namespace, id)
);

create unique index billing_profile_default on billing_profile (namespace) where is_default;
