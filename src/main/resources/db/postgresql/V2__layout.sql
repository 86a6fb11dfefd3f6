-- Keys are compared as SQLite compares them, whatever the database's own order is.
do $$
declare
    one record;
begin
    for one in select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t
            on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
            where c.table_schema = current_schema() and c.data_type = 'text' and c.table_name <> 'flyway_schema_history'
    loop
        execute format('alter table %I alter column %I type text collate "C"', one.table_name, one.column_name);
    end loop;
end
$$;

-- Which of the nodes sends. One row; who holds the data folder does where the ledger is a file.
create table sender (
    owner text not null,
    epoch bigint not null,                     -- grows with each node that takes over; it must match what whoever changes something has
    until timestamptz not null                 -- by the server's clock
);
insert into sender (owner, epoch, until) values ('', 0, '-infinity');

-- What SQLite calls so, for the statements that both databases run.
create function json_each(list text) returns table (value text) language sql immutable strict rows 100
    as 'select jsonb_array_elements_text(list::jsonb)';
create function instr(within text, part text) returns integer language sql immutable strict
    as 'select strpos(within, part)';
create function json_list(ids bigint[]) returns text language sql immutable
    as 'select array_to_json(ids)::text';
create aggregate json_group_array(bigint) (sfunc = array_append, stype = bigint[], initcond = '{}', finalfunc = json_list);

-- LedgerDatabase.VERSION says the same.
create table layout (
    version bigint not null
);
insert into layout (version) values (6);
