-- Who may call, and for which tenant. Of a secret only its SHA-256 is kept. Locks nothing: new tables.

create table tenant (
    namespace  text        not null primary key,
    created_at timestamptz not null
);

create table access_token (
    namespace    text        not null,
    id           text        not null,
    name         text        not null,
    kind         text        not null,
    roles        text        not null, -- JSON array of role ids
    hash         text        not null, -- SHA-256 of the secret, 64 hexadecimal digits
    hint         text        not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    primary key (namespace, id)
);

-- The one key without the namespace: a caller shows nothing but the secret, and it says whose it is.
create unique index access_token_hash on access_token (hash);
create index access_token_created_at on access_token (namespace, created_at, id);
