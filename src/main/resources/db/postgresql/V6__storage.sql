-- What is packed already is stored as it comes: the server spent a third of an intake's time on packing it once more, and
-- gained nothing. What lies there stays as it is. An older program may go on beside it.
alter table segment alter column columns set storage external;
alter table segment_body alter column bodies set storage external;
alter table segment_filter alter column bits set storage external;
alter table segment_sum alter column sums set storage external;
alter table key_page alter column data set storage external;
alter table key_run alter column fences set storage external;
alter table key_run alter column filter set storage external;

-- LedgerDatabase.VERSION says the same.
update layout set version = 10;
