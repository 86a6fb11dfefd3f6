-- The ledger decides what is sent; the broker only wakes. Growing ids are the clustering order everywhere, because
-- random keys as clustering order cost a factor of eight. Times are milliseconds since 1970 UTC, amounts are
-- ten-thousandths of the currency's unit, enumerations are the codes of the Java enums named beside them.

create table account (
    name        text    not null,
    environment text    not null,
    currency    text    not null,
    lanes       integer not null,
    seed        integer not null,              -- of the hashes of keys and customers
    created_at  integer not null
);

create table sequence (
    name text    primary key,
    next integer not null
) without rowid;

create table identity (
    id   integer primary key,
    name text    not null unique
);

-- One row a file, or a day of a queue's messages. Its records become due when its own row is released; that of a day is
-- from the beginning.
create table file (
    id              integer primary key,
    identity_id     integer not null references identity (id),
    vendor          text    not null,
    name            text    not null,
    path            text    not null,
    content_hash    text    not null,
    profile_hash    text    not null,
    state           integer not null,          -- FileState
    release_order   integer,                   -- order of release, across sources
    released_before integer,                   -- records with this id or a higher one came after its release
    live            integer not null default 0, -- 1: a day of messages
    business_date   text,
    source          text,                      -- by which it came; null for an inbox or a command
    reported_at     integer,                   -- when its source's report that has it was put back
    header          text,                      -- needed to read a dead letter's rows again
    first_record    integer,
    last_record     integer,
    receipts_stored integer not null default 0,
    bytes_read      integer not null default 0, -- when they were stored
    deaths          integer not null default 0, -- processes that died reading it since it last came further
    rows_read       integer not null default 0,
    duplicates      integer not null default 0,
    duplicate_sales_e4   integer not null default 0,
    duplicate_refunds_e4 integer not null default 0,
    differing       integer not null default 0, -- duplicates that differ in what an export may write otherwise
    reason          text,
    message         text,
    profile_text    text,                      -- hash of the profile's own text, without the files that it looks values up in
    approved        text,                      -- what a person said to it since it was held or rejected: release, totals, bad-rows
    held_records    integer not null default 0, -- while it is held: it has no records here, the file lies apart
    held_sales_e4   integer not null default 0,
    held_refunds_e4 integer not null default 0,
    started_at      integer not null,
    ended_at        integer
);
create index file_held on file (id) where state = 6;
create index file_content on file (content_hash);
create index file_open on file (release_order) where state = 1;
create index file_staging on file (id) where state = 0;
create index file_name on file (vendor, name);
create index file_unreported on file (source) where source is not null and reported_at is null;

-- What the released files came to, by store and business day: what a later file is compared with.
create table figure (
    file_id       integer not null,
    identity_id   integer not null,
    store         text    not null,            -- '' where the profile names none
    day           text    not null,
    weekday       integer not null,            -- 1 Monday to 7 Sunday
    records       integer not null,
    sales         integer not null,
    sales_e4      integer not null,
    largest_e4    integer not null,
    refunds       integer not null,
    customers     integer not null,            -- of a sample of its customers
    new_customers integer not null,            -- those of the sample whom nobody had heard of
    primary key (file_id, store, day)
) without rowid;
create index figure_of_store on figure (identity_id, store, weekday, file_id);

-- Sales on a day of customers who bought more than once in a store, to find one who is in all stores at once. The largest
-- count of any file: a file that comes again, or grows, says the same sales again. Kept for two weeks.
create table frequent (
    identity_id integer not null,
    day         text    not null,
    customer    integer not null,              -- hash of the id
    store       text    not null,
    sales       integer not null,
    primary key (identity_id, day, customer, store)
) without rowid;

-- Numbers that tills gave the receipts of a file, as ranges: what is missing in between was lost before it came here.
create table numbered (
    file_id  integer not null,
    register text    not null,
    first    integer not null,
    last     integer not null,
    primary key (file_id, register, first)
) without rowid;

-- Files on an SFTP server that we have, so that one that stays there is taken once.
create table taken (
    source   text    not null,
    path     text    not null,
    size     integer not null,
    modified integer not null,
    taken_at integer not null,
    primary key (source, path, size, modified)
) without rowid;

-- Files that were put away and are looked at again: their writer may still have them open.
create table watched (
    file_id  integer primary key,
    path     text    not null,                 -- where it lies now
    home     text    not null,                 -- where it lay
    size     integer not null,                 -- bytes that were read
    modified integer not null,
    since    integer not null,
    next_at  integer not null
);
create index watched_next on watched (next_at);

create table record (
    id            integer primary key,
    file_id       integer not null,
    identity_id   integer not null,
    kind          integer not null,            -- RecordKind, 9 for a row that could not be translated
    key           text    not null,
    revision      integer not null default 0,  -- 0 is the key's current record, otherwise the row's own id
    order_id      text,                        -- orderId or refundTransactionId at Gameball
    named         integer not null default 0,  -- 1: the order id is not just identity and key
    original      text,                        -- order id of the sale that a refund takes back
    customer_id   text,
    store         text,
    lane          integer not null,
    state         integer not null,            -- RecordState
    reason        text,                        -- Reason of dead, skipped, parked
    amount_e4     integer not null default 0,
    meaning       integer not null,            -- hash of customer, total, business date, currency, goods
    content       integer not null,            -- hash of everything
    business_date text,
    happened_at   integer not null,
    sent_time     integer,                     -- the time told to Gameball: happened_at and an offset if it was taken
    line          integer not null,
    attempts      integer not null default 0,
    unclear       integer not null default 0,  -- 1: once sent without anybody seeing the end
    crashes       integer not null default 0,  -- how often its sender died with it in hand
    epoch         integer not null default 0,  -- of the lease under which it was last claimed
    due_at        integer not null default 0,
    parked_until  integer,                     -- since it was first parked, however often it was tried meanwhile
    sent_at       integer,
    settled_at    integer,
    points        real,
    redeemed      real,                        -- points that a sale spent
    api_code      integer,
    request_id    text,
    matched       integer not null default 0,  -- 1: the sale was matched by product, not named by the till
    part          integer not null default 0,  -- 1: one of several refunds into which a credit note was split
    way           integer not null default 0,  -- Way: whether it may go by batch, must, or must not
    job           integer,                     -- the last job that had it; while sending, nobody else touches it
    check (settled_at is null or state not in (0, 1))
);
create unique index record_key on record (identity_id, kind, key, revision);
create unique index record_order on record (order_id, kind) where named = 1 and revision = 0;
create index record_original on record (original) where original is not null;
-- What is open has no end, and what says so does not change when it is claimed: the index is not written then. The
-- customer and the kind stand in it so that a look at it alone says who waits for whom.
create index record_open on record (file_id, lane, id, customer_id, kind) where settled_at is null;
-- Those in the hands of a job are found by its list. The epoch is 0 of those that nobody has in hand, which are looked
-- for every moment.
create index record_sending on record (epoch, id) where state = 1 and job is null;
create index record_waiting on record (due_at) where state = 5;
create index record_held on record (file_id) where state = 3;
create index record_contender on record (file_id) where state = 2;

-- Neighbouring sales of a file, up to a thousand: one row, as long as nothing happens to them but that they wait, are carried
-- by a job and arrive. Its id is that of its first record; the record at a position has that id and the position. One that
-- needs more than a state gets a row in record under its id, and its state here says so.
create table segment_state (
    id          integer primary key,
    file_id     integer not null,
    identity_id integer not null,
    count       integer not null,
    open        integer not null,              -- records that wait or are being sent
    checksum    integer not null,              -- of the columns
    states      blob    not null               -- a byte of RecordState each (15: has a row), then 4 bytes of its last job each, a CRC32C
);
create index segment_of_file on segment_state (file_id);
create index segment_open on segment_state (file_id) where open > 0;
create table segment (
    id      integer primary key,
    columns blob    not null                   -- ledger.segment.Segment
);
create table segment_body (
    id     integer primary key,
    bodies blob    not null                    -- ledger.segment.SegmentBodies: canonical records and the rows they came from
);

-- Points of its sales that Gameball told when it was asked, eight bytes each; no row where it never was.
create table segment_points (
    id     integer primary key,
    points blob not null                       -- ledger.SegmentPoints
);

-- Which record of a segment has a key: sorted runs of hashes, each eight times as large as those of the level below.
create table key_run (
    id        integer primary key autoincrement,
    level     integer not null,
    entries   integer not null,
    covers_to integer not null,                -- segments up to this id are in it or in older ones
    done      integer not null,
    fences    blob,                            -- the first hash of each page
    filter    blob
);
create table key_page (
    id   integer primary key,                  -- of the run, and the number of the page
    data blob    not null
);

-- What is rarely looked at lies apart, so that outcomes touch small rows.
create table payload (
    record_id integer primary key,
    canonical text,
    raw       text,
    place     text,                            -- queue and message that it came in; null for a file's record, as the others
    name      text,                            -- file name under which the profile read the message
    header    text                             -- header line of the message
);

-- Messages that were taken from their queue and are not yet known to be acknowledged there.
create table message (
    queue    text    not null,
    id       text    not null,                 -- as the sender gave it: not unique, so the body counts too
    body     integer not null,                 -- hash of the body
    attempts integer not null,                 -- committed before each attempt
    stored   integer not null default 0,       -- 1: the ledger has it, only the acknowledgement is in doubt
    taken_at integer not null,
    primary key (queue, id, body)
) without rowid;

create table lane (
    lane  integer primary key,
    owner text,
    epoch integer not null default 0,
    until integer not null default 0
);

-- What was handed to Gameball by the thousand. Its id there is stored before anything is asked about it, so that a
-- restart goes on asking.
create table job (
    id           integer primary key,
    kind         integer not null,             -- JobKind
    state        integer not null default 0,   -- 0 open, 1 ended, 2 lost: nobody knows whether Gameball took it
    gameball_id  text,
    size         integer not null,
    epoch        integer not null default 0,   -- grows with each process that takes it over
    submitted_at integer not null,
    deadline     integer not null,
    evidence_at  integer not null default 0,   -- of a verification: before this, "not there" proves nothing
    ended_at     integer,
    result       text,                         -- how it ended, in a word
    records      text                          -- those it was given, a JSON list of ids; null once nobody needs it
);
create index job_open on job (id) where state <> 1;
-- What they told Gameball of their customers' times is not in the customers' rows yet.
create index job_untold on job (id) where state = 1 and records is not null;

create table customer (
    id        text    primary key,
    standing  integer not null,                -- 1 found at Gameball, 2 created by us
    last_time integer                          -- latest transaction time told to Gameball, but for what jobs told since
) without rowid;

-- What may still be returned, kept only for profiles that match refunds by product.
create table returnable (
    id          integer primary key,
    identity_id integer not null,
    customer_id text    not null,
    product_id  text    not null,
    record_id   integer not null,
    happened_at integer not null,
    quantity    text    not null
);
create index returnable_product on returnable (identity_id, customer_id, product_id);
create index returnable_record on returnable (record_id);
create table returned (
    file_id       integer not null,
    refund_key    text    not null,            -- record key of the refund, which gives it free when it is replayed
    returnable_id integer not null references returnable (id),
    quantity      text    not null
);
create index returned_of on returned (returnable_id);
create index returned_by on returned (file_id);

create table dead_letter (
    id             integer primary key,
    level          text    not null,           -- row, record, file, message
    file_id        integer,
    record_id      integer,
    identity_id    integer,
    vendor         text,
    reason         text    not null,
    message        text    not null,
    position       text    not null,
    raw            text,
    canonical      text,
    status         integer,
    api_code       integer,
    request_id     text,
    attempts       integer not null default 0,
    state          integer not null default 0, -- 0 open, 1 replayed, 2 discarded
    discard_reason text,
    created_at     integer not null,
    closed_at      integer
);
create index dead_letter_open on dead_letter (id) where state = 0;
create index dead_letter_record on dead_letter (record_id);

-- What dead records were before a replay took their place: the same rows sent once more are duplicates.
create table replaced (
    identity_id integer not null,
    kind        integer not null,
    key         text    not null,
    content     integer not null,
    primary key (identity_id, kind, key, content)
) without rowid;

create table pause (
    id         integer primary key,
    vendor     text,
    store      text,
    kind       text,
    reason     text    not null,
    created_at integer not null
);

-- In what duplicates differ from what came first: of each file the first hundred, the others are only counted.
create table difference (
    id       integer primary key,
    file_id  integer not null,
    position text    not null,
    kind     integer not null,                 -- RecordKind
    key      text    not null,
    text     text    not null
);
create index difference_of on difference (file_id);

-- When calls were made, so that a restart knows what is left of the quota windows.
create table quota (
    resource text    not null,
    sent_at  integer not null
);

-- What a command asks of a running service.
create table request (
    id         integer primary key,
    kind       text    not null,
    arguments  text    not null,
    state      integer not null default 0,     -- 0 asked, 1 taken, 2 done, 3 failed
    answer     text,
    created_at integer not null
);
create table request_file (
    request_id integer not null references request (id),
    path       text    not null,
    file_id    integer not null,
    primary key (request_id, path)
) without rowid;

-- What is well and what is not, as the running service last said it, for those who ask from another process.
create table health (
    concern  text    primary key,              -- gameball, ledger, disk, sftp acme ...
    state    integer not null,                 -- HealthBook.State
    message  text    not null,
    since    integer not null,                 -- in this state
    seen     integer not null,                 -- the latest report
    well_at  integer,                          -- the latest report that was green
    until    integer not null                  -- red if nobody reports again until then
) without rowid;

-- Orders that are taken back because they were wrong, and what stands for them since. Written before anything of it is
-- sent: the refund of the whole, and the corrected sale, which waits until that has arrived.
create table correction (
    order_id  text    primary key,             -- that is taken back
    live      text,                            -- order id that stands for it; null for none
    sale      integer not null,                -- record of the order
    corrected integer,                         -- record of the corrected sale; null for none
    reversal  integer,                         -- record of the refund; null where nothing was left
    file_id   integer not null,                -- under which refunds of the correction stand
    state     integer not null default 0       -- 0 the refund has not arrived yet, 1 it has
) without rowid;
create index correction_reversal on correction (reversal) where state = 0;
create index correction_live on correction (live) where live is not null;

-- Who did what by a command, when and why; rows are only ever added.
create table audit (
    id      integer primary key,
    at      integer not null,
    who     text    not null,                  -- the operating system's user
    command text    not null,
    count   integer not null,                  -- files, records, pauses that it concerned
    reason  text
);

-- How far the ledger has come. A file beside it says the same: a ledger that is behind it was put back from a copy, and what
-- it says was not sent may be at Gameball. RestoreGuard.
create table moment (
    ledger        text    not null,            -- the same in all its copies
    number        integer not null,            -- grows while something is written
    at            integer not null,
    copied_at     integer,                     -- set in a copy that a backup made
    restored_at   integer,                     -- when a process found that it was put back; null for never
    why           text,                        -- by what it found that, as a part of a sentence
    ended_at      integer,                     -- when what was put back had last come further
    reconciled_at integer                      -- since when it may deliver again
);

-- Who was forgotten, so that nobody creates them again: salted hashes of ids, numbers and addresses. Forgotten.
create table forgotten (
    hash text    primary key,
    at   integer not null
) without rowid;

-- What people were told is wrong, so that a restart does not tell them again.
create table alarm (
    concern  text    primary key,              -- as in health
    cause    text    not null,                 -- the same as long as it is the same alarm
    state    integer not null,                 -- HealthBook.State
    since    integer not null,
    told_at  integer not null                  -- the last time
) without rowid;

-- The last good night that was told: one row.
create table heartbeat (
    sent_at   integer not null,
    last_file integer not null                 -- the newest file then
);

-- Comparisons with what Gameball holds. One that was interrupted goes on where it was.
create table reconciliation (
    id         integer primary key,
    since      integer,                        -- files that came since; null for all
    file       text,                           -- files of this name; null for all
    repair     integer not null,
    phase      integer not null default 0,     -- ReconcileBook.Phase
    position   integer not null default 0,     -- what is before it in its phase was compared
    asked      integer not null default 0,     -- sales and refunds
    equal      integer not null default 0,
    points     integer not null default 0,     -- records whose points were unknown, and are known now
    started_at integer not null,
    ended_at   integer
);
create table discrepancy (
    id        integer primary key,
    run_id    integer not null,                -- of the reconciliation
    kind      text    not null,                -- Difference
    order_id  text    not null,
    amount_e4 integer not null,                -- what the ledger says, or where it says nothing what Gameball does
    text      text    not null,
    repaired  text                             -- what was done about it; null where a person must
);
create index discrepancy_of on discrepancy (run_id, order_id);

-- Who opens the ledger sees by it that there is nothing to migrate; LedgerDatabase.VERSION says the same.
pragma user_version = 6;
