-- What has ended is added up once, aside, so that whoever asks for a report need not go over every sale. ledger.SumBook.

-- Some segments of a file, all of whose sales have ended; they name it.
create table segment_sum (
    id      integer primary key,                -- the first of them
    file_id bigint  not null,
    sums    bytea   not null                    -- ledger.segment.PackedSums
);
create index segment_sum_of_file on segment_sum (file_id);
alter table segment_state add column summed bigint not null default 0;  -- the sum that it is in; 0 for none
create index segment_unsummed on segment_state (file_id, id) where open = 0 and summed = 0;

-- By what a sale is looked for, so that a search passes over segments that have nothing of it.
create table segment_filter (
    id   integer primary key,
    bits bytea   not null                       -- ledger.segment.SegmentFilter
);

-- A sale that ended may change all the same, and programs of the layout before know nothing of sums. So the database itself
-- gives up what no longer holds, whoever writes; it is made anew.
create trigger segment_sum_gone after delete on segment_sum
begin
    update segment_state set summed = 0 where file_id = old.file_id and summed = old.id;
end;
create trigger segment_changed after update of states on segment_state when old.summed > 0
begin
    delete from segment_sum where id = old.summed;
end;
create trigger points_noted after insert on segment_points
begin
    delete from segment_sum where id = (select summed from segment_state where id = new.id);
end;
create trigger points_changed after update on segment_points
begin
    delete from segment_sum where id = (select summed from segment_state where id = new.id);
end;
create trigger bodies_changed after update on segment_body
begin
    delete from segment_filter where id = new.id;
    delete from segment_sum where id = (select summed from segment_state where id = new.id);
end;

-- Who opens the ledger sees by it that there is nothing to migrate; LedgerDatabase.VERSION says the same.
pragma user_version = 9;
