-- How what is sold is taxed. Locks nothing: new tables.
--
-- What every tenant has from the start is kept once, under the empty namespace, which no tenant can have. So old and new
-- tenants see the same, with the same ids, and nobody has to be given a copy. Such a row changes by a migration only.

create table tax_code (
    namespace    text        not null, -- empty: every tenant's
    id           text        not null,
    key          text        not null,
    name         text        not null,
    description  text,
    labels       text,                 -- JSON object
    app_mappings text        not null, -- JSON array: what it is called by the apps that compute taxes
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    deleted_at   timestamptz,
    version      bigint      not null,
    primary key (namespace, id)
);

-- A key is free again once its tax code is deleted.
create unique index tax_code_key on tax_code (namespace, key) where deleted_at is null;
create index tax_code_created_at on tax_code (namespace, created_at, id);

-- What is taken where a rate card or a credit grant names no tax code. A tenant that never chose has no row of its own.
create table default_tax_codes (
    namespace                text        not null primary key, -- empty: of the tenants that never chose
    invoicing_tax_code_id    text        not null,
    credit_grant_tax_code_id text        not null,
    created_at               timestamptz not null,
    updated_at               timestamptz not null,
    version                  bigint      not null
);

-- Which published versions use a tax code, so that it is not deleted under them.
create table plan_tax_code (
    namespace   text not null,
    tax_code_id text not null,
    plan_id     text not null,
    primary key (namespace, tax_code_id, plan_id)
);

insert into tax_code (namespace, id, key, name, description, app_mappings, created_at, updated_at, version)
values ('', '01KJM000000000TXCDPR0V1DER', 'provider_default', 'Provider default',
        'Whatever the app that computes taxes takes by default', '[]', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 0);

insert into tax_code (namespace, id, key, name, app_mappings, created_at, updated_at, version)
select '', '01KJM000000000TXCD' || digits, 'txcd_' || digits, name,
       '[{"app_type":"stripe","tax_code":"txcd_' || digits || '"}]', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 0
from (values
    ('00000000', 'Nontaxable'),
    ('10000000', 'General - Electronically Supplied Services'),
    ('10010001', 'Infrastructure as a service (IaaS) - personal use'),
    ('10101000', 'Infrastructure as a service (IaaS) - business use'),
    ('10102000', 'Platform as a service (PaaS) - business use'),
    ('10102001', 'Platform as a service (PaaS) - personal use'),
    ('10103000', 'Software as a service (SaaS) - personal use'),
    ('10103001', 'Software as a service (SaaS) - business use'),
    ('10105001', 'Artificial Intelligence as a Service (AIaaS) - Cloud Based - Personal Use'),
    ('10105002', 'Artificial Intelligence as a Service (AIaaS) - Cloud Based - Business Use'),
    ('10701100', 'Website Hosting'),
    ('20030000', 'General - Services'),
    ('99999999', 'General - Tangible Goods')
) as stripe (digits, name);

insert into default_tax_codes (
    namespace, invoicing_tax_code_id, credit_grant_tax_code_id, created_at, updated_at, version)
values ('', '01KJM000000000TXCDPR0V1DER', '01KJM000000000TXCD00000000', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 0);
