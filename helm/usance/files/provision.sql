-- What a service needs of a Postgres before its first start: a role that owns a schema of the role's own name and can
-- reach nothing else. Run as a superuser, or as an owner of the database who may create roles. May be repeated.
--
-- This file only defines the function, for as long as the connection lasts; who runs it then says for whom:
--
--     psql -f provision.sql -c "select pg_temp.provision('catalog', '…')"

create or replace function pg_temp.provision(service text, password text) returns void language plpgsql as $$
begin
    if service !~ '^[a-z]{1,40}$' then
        raise exception 'not a name of a service: %', service;
    end if;
    if exists (select 1 from pg_roles where rolname = service) then
        execute format('alter role %I with login password %L', service, password);
    else
        execute format(
            'create role %I with login nosuperuser nocreatedb nocreaterole noinherit password %L', service, password);
    end if;
    execute format('alter role %I in database %I set search_path = %I', service, current_database(), service);

    -- Before an ordinary owner can give a schema away he must be a member of the role that receives it.
    if not exists (select 1 from pg_namespace where nspname = service) then
        if not (select rolsuper from pg_roles where rolname = current_user) then
            execute format('grant %I to %I', service, current_user);
        end if;
        execute format('create schema %I authorization %I', service, service);
    end if;
    execute format('revoke all on schema %I from public', service);
    revoke all on schema public from public;
    execute format('grant connect on database %I to %I', current_database(), service);
end
$$;
