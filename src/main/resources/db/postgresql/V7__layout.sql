-- Programs of this layout store chunks of files of different identities beside each other, while every node is of it: an older
-- one takes for granted that what has a higher id was stored later. The tables are as they were. LedgerDatabase.VERSION says the same.
update layout set version = 11;
