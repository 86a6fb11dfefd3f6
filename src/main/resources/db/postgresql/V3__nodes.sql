-- Which processes use this ledger, as they last said of themselves, by the server's clock. NodeBook.
create table node (
    id        text collate "C" primary key,    -- machine and data folder: the same over its restarts
    name      text collate "C" not null,
    version   text collate "C" not null,
    layout    bigint not null,                 -- that its program was made for
    role      text collate "C" not null,       -- sends, takes in
    state     bigint not null,                 -- HealthBook.State
    problems  text collate "C" not null,       -- concerns that are not green
    ahead     bigint not null,                 -- milliseconds by which its clock is before the server's
    seen      timestamptz not null
);

-- What one node does at a time, and until when it may. TurnBook.
create table turn (
    name  text collate "C" primary key,        -- such as "sftp acme", "intake acme"
    owner text collate "C" not null,
    until timestamptz not null
);

-- The oldest layout whose programs may work on this ledger beside newer ones. docs/scale.md, "Upgrading node by node".
alter table layout add column tolerates bigint not null default 7;
update layout set version = 7, tolerates = 7;
