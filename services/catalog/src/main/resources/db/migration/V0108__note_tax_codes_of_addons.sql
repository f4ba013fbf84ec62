-- Locks nothing: a new table.

-- Which published versions of add-ons use a tax code, so that it is not deleted under them.
create table addon_tax_code (
    namespace   text not null,
    tax_code_id text not null,
    addon_id    text not null,
    primary key (namespace, tax_code_id, addon_id)
);
