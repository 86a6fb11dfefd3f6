-- The ledger decides what is sent; the broker only wakes. Growing ids are the clustering order everywhere, because
-- random keys as clustering order cost a factor of eight. Times are milliseconds since 1970 UTC, amounts are
-- ten-thousandths of the currency's unit, enumerations are the codes of the Java enums named beside them.
--
-- For both databases, in words of PostgreSQL that SQLite takes, too. Where it does not, a word stands in braces; what only
-- one of them has is in a script of its own.

create table account (
    name        text    not null,
    environment text    not null,
    currency    text    not null,
    lanes       bigint  not null,
    seed        bigint  not null,              -- of the hashes of keys and customers
    created_at  bigint  not null
);

create table sequence (
    name text    primary key,
    next bigint  not null
) ${ordered-by-key};

create table identity (
    id   ${id},
    name text    not null unique
);

-- One row a file, or a day of a queue's messages. Its records become due when its own row is released; that of a day is
-- from the beginning.
create table file (
    id              ${id},
    identity_id     bigint  not null references identity (id),
    vendor          text    not null,
    name            text    not null,
    path            text    not null,
    content_hash    text    not null,
    profile_hash    text    not null,
    state           bigint  not null,          -- FileState
    release_order   bigint,                    -- order of release, across sources
    released_before bigint,                    -- records with this id or a higher one came after its release
    live            bigint  not null default 0, -- 1: a day of messages
    business_date   text,
    source          text,                      -- by which it came; null for an inbox or a command
    reported_at     bigint,                    -- when its source's report that has it was put back
    header          text,                      -- needed to read a dead letter's rows again
    first_record    bigint,
    last_record     bigint,
    receipts_stored bigint  not null default 0,
    bytes_read      bigint  not null default 0, -- when they were stored
    deaths          bigint  not null default 0, -- processes that died reading it since it last came further
    rows_read       bigint  not null default 0,
    duplicates      bigint  not null default 0,
    duplicate_sales_e4   bigint  not null default 0,
    duplicate_refunds_e4 bigint  not null default 0,
    differing       bigint  not null default 0, -- duplicates that differ in what an export may write otherwise
    reason          text,
    message         text,
    profile_text    text,                      -- hash of the profile's own text, without the files that it looks values up in
    approved        text,                      -- what a person said to it since it was held or rejected: release, totals, bad-rows
    held_records    bigint  not null default 0, -- while it is held: it has no records here, the file lies apart
    held_sales_e4   bigint  not null default 0,
    held_refunds_e4 bigint  not null default 0,
    started_at      bigint  not null,
    ended_at        bigint
);
create index file_held on file (id) where state = 6;
create index file_content on file (content_hash);
create index file_open on file (release_order) where state = 1;
create index file_staging on file (id) where state = 0;
create index file_name on file (vendor, name);
create index file_unreported on file (source) where source is not null and reported_at is null;

-- What the released files came to, by store and business day: what a later file is compared with.
create table figure (
    file_id       bigint  not null,
    identity_id   bigint  not null,
    store         text    not null,            -- '' where the profile names none
    day           text    not null,
    weekday       bigint  not null,            -- 1 Monday to 7 Sunday
    records       bigint  not null,
    sales         bigint  not null,
    sales_e4      bigint  not null,
    largest_e4    bigint  not null,
    refunds       bigint  not null,
    customers     bigint  not null,            -- of a sample of its customers
    new_customers bigint  not null,            -- those of the sample whom nobody had heard of
    primary key (file_id, store, day)
) ${ordered-by-key};
create index figure_of_store on figure (identity_id, store, weekday, file_id);

-- Sales on a day of customers who bought more than once in a store, to find one who is in all stores at once. The largest
-- count of any file: a file that comes again, or grows, says the same sales again. Kept for two weeks.
create table frequent (
    identity_id bigint  not null,
    day         text    not null,
    customer    bigint  not null,              -- hash of the id
    store       text    not null,
    sales       bigint  not null,
    primary key (identity_id, day, customer, store)
) ${ordered-by-key};

-- Numbers that tills gave the receipts of a file, as ranges: what is missing in between was lost before it came here.
create table numbered (
    file_id  bigint  not null,
    register text    not null,
    first    bigint  not null,
    last     bigint  not null,
    primary key (file_id, register, first)
) ${ordered-by-key};

-- Files on an SFTP server that we have, so that one that stays there is taken once.
create table taken (
    source   text    not null,
    path     text    not null,
    size     bigint  not null,
    modified bigint  not null,
    taken_at bigint  not null,
    primary key (source, path, size, modified)
) ${ordered-by-key};

-- Files that were put away and are looked at again: their writer may still have them open.
create table watched (
    file_id  ${id},
    path     text    not null,                 -- where it lies now
    home     text    not null,                 -- where it lay
    size     bigint  not null,                 -- bytes that were read
    modified bigint  not null,
    since    bigint  not null,
    next_at  bigint  not null
);
create index watched_next on watched (next_at);

create table record (
    id            ${id},
    file_id       bigint  not null,
    identity_id   bigint  not null,
    kind          bigint  not null,            -- RecordKind, 9 for a row that could not be translated
    key           text    not null,
    revision      bigint  not null default 0,  -- 0 is the key's current record, otherwise the row's own id
    order_id      text,                        -- orderId or refundTransactionId at Gameball
    named         bigint  not null default 0,  -- 1: the order id is not just identity and key
    original      text,                        -- order id of the sale that a refund takes back
    customer_id   text,
    store         text,
    lane          bigint  not null,
    state         bigint  not null,            -- RecordState
    reason        text,                        -- Reason of dead, skipped, parked
    amount_e4     bigint  not null default 0,
    meaning       bigint  not null,            -- hash of customer, total, business date, currency, goods
    content       bigint  not null,            -- hash of everything
    business_date text,
    happened_at   bigint  not null,
    sent_time     bigint,                      -- the time told to Gameball: happened_at and an offset if it was taken
    line          bigint  not null,
    attempts      bigint  not null default 0,
    unclear       bigint  not null default 0,  -- 1: once sent without anybody seeing the end
    crashes       bigint  not null default 0,  -- how often its sender died with it in hand
    epoch         bigint  not null default 0,  -- of the lease under which it was last claimed
    due_at        bigint  not null default 0,
    parked_until  bigint,                      -- since it was first parked, however often it was tried meanwhile
    sent_at       bigint,
    settled_at    bigint,
    points        double precision,
    redeemed      double precision,                        -- points that a sale spent
    api_code      bigint,
    request_id    text,
    matched       bigint  not null default 0,  -- 1: the sale was matched by product, not named by the till
    part          bigint  not null default 0,  -- 1: one of several refunds into which a credit note was split
    way           bigint  not null default 0,  -- Way: whether it may go by batch, must, or must not
    job           bigint,                      -- the last job that had it; while sending, nobody else touches it
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
    id          ${id},
    file_id     bigint  not null,
    identity_id bigint  not null,
    count       bigint  not null,
    open        bigint  not null,              -- records that wait or are being sent
    checksum    bigint  not null,              -- of the columns
    states      bytea   not null               -- a byte of RecordState each (15: has a row), then 4 bytes of its last job each, a CRC32C
);
create index segment_of_file on segment_state (file_id);
create index segment_open on segment_state (file_id) where open > 0;
create table segment (
    id      ${id},
    columns bytea   not null                   -- ledger.segment.Segment
);
create table segment_body (
    id     ${id},
    bodies bytea   not null                    -- ledger.segment.SegmentBodies: canonical records and the rows they came from
);

-- Points of its sales that Gameball told when it was asked, eight bytes each; no row where it never was.
create table segment_points (
    id     ${id},
    points bytea not null                       -- ledger.SegmentPoints
);

-- Which record of a segment has a key: sorted runs of hashes, each eight times as large as those of the level below.
create table key_run (
    id        ${never-used-id},
    level     bigint  not null,
    entries   bigint  not null,
    covers_to bigint  not null,                -- segments up to this id are in it or in older ones
    done      bigint  not null,
    fences    bytea,                            -- the first hash of each page
    filter    bytea
);
create table key_page (
    id   ${id},                  -- of the run, and the number of the page
    data bytea   not null
);

-- What is rarely looked at lies apart, so that outcomes touch small rows.
create table payload (
    record_id ${id},
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
    body     bigint  not null,                 -- hash of the body
    attempts bigint  not null,                 -- committed before each attempt
    stored   bigint  not null default 0,       -- 1: the ledger has it, only the acknowledgement is in doubt
    taken_at bigint  not null,
    primary key (queue, id, body)
) ${ordered-by-key};

create table lane (
    lane  ${id},
    owner text,
    epoch bigint  not null default 0,
    until bigint  not null default 0
);

-- What was handed to Gameball by the thousand. Its id there is stored before anything is asked about it, so that a
-- restart goes on asking.
create table job (
    id           ${id},
    kind         bigint  not null,             -- JobKind
    state        bigint  not null default 0,   -- 0 open, 1 ended, 2 lost: nobody knows whether Gameball took it
    gameball_id  text,
    size         bigint  not null,
    epoch        bigint  not null default 0,   -- grows with each process that takes it over
    submitted_at bigint  not null,
    deadline     bigint  not null,
    evidence_at  bigint  not null default 0,   -- of a verification: before this, "not there" proves nothing
    ended_at     bigint,
    result       text,                         -- how it ended, in a word
    records      text                          -- those it was given, a JSON list of ids; null once nobody needs it
);
create index job_open on job (id) where state <> 1;
-- What they told Gameball of their customers' times is not in the customers' rows yet.
create index job_untold on job (id) where state = 1 and records is not null;

create table customer (
    id        text    primary key,
    standing  bigint  not null,                -- 1 found at Gameball, 2 created by us
    last_time bigint                          -- latest transaction time told to Gameball, but for what jobs told since
) ${ordered-by-key};

-- What may still be returned, kept only for profiles that match refunds by product.
create table returnable (
    id          ${id},
    identity_id bigint  not null,
    customer_id text    not null,
    product_id  text    not null,
    record_id   bigint  not null,
    happened_at bigint  not null,
    quantity    text    not null
);
create index returnable_product on returnable (identity_id, customer_id, product_id);
create index returnable_record on returnable (record_id);
create table returned (
    file_id       bigint  not null,
    refund_key    text    not null,            -- record key of the refund, which gives it free when it is replayed
    returnable_id bigint  not null references returnable (id),
    quantity      text    not null
);
create index returned_of on returned (returnable_id);
create index returned_by on returned (file_id);

create table dead_letter (
    id             ${id},
    level          text    not null,           -- row, record, file, message
    file_id        bigint,
    record_id      bigint,
    identity_id    bigint,
    vendor         text,
    reason         text    not null,
    message        text    not null,
    position       text    not null,
    raw            text,
    canonical      text,
    status         bigint,
    api_code       bigint,
    request_id     text,
    attempts       bigint  not null default 0,
    state          bigint  not null default 0, -- 0 open, 1 replayed, 2 discarded
    discard_reason text,
    created_at     bigint  not null,
    closed_at      bigint
);
create index dead_letter_open on dead_letter (id) where state = 0;
create index dead_letter_record on dead_letter (record_id);

-- What dead records were before a replay took their place: the same rows sent once more are duplicates.
create table replaced (
    identity_id bigint  not null,
    kind        bigint  not null,
    key         text    not null,
    content     bigint  not null,
    primary key (identity_id, kind, key, content)
) ${ordered-by-key};

create table pause (
    id         ${id},
    vendor     text,
    store      text,
    kind       text,
    reason     text    not null,
    created_at bigint  not null
);

-- In what duplicates differ from what came first: of each file the first hundred, the others are only counted.
create table difference (
    id       ${id},
    file_id  bigint  not null,
    position text    not null,
    kind     bigint  not null,                 -- RecordKind
    key      text    not null,
    text     text    not null
);
create index difference_of on difference (file_id);

-- When calls were made, so that a restart knows what is left of the quota windows.
create table quota (
    resource text    not null,
    sent_at  bigint  not null
);

-- What a command asks of a running service.
create table request (
    id         ${id},
    kind       text    not null,
    arguments  text    not null,
    state      bigint  not null default 0,     -- 0 asked, 1 taken, 2 done, 3 failed
    answer     text,
    created_at bigint  not null
);
create table request_file (
    request_id bigint  not null references request (id),
    path       text    not null,
    file_id    bigint  not null,
    primary key (request_id, path)
) ${ordered-by-key};

-- What is well and what is not, as the running service last said it, for those who ask from another process.
create table health (
    concern  text    primary key,              -- gameball, ledger, disk, sftp acme ...
    state    bigint  not null,                 -- HealthBook.State
    message  text    not null,
    since    bigint  not null,                 -- in this state
    seen     bigint  not null,                 -- the latest report
    well_at  bigint,                           -- the latest report that was green
    until    bigint  not null                  -- red if nobody reports again until then
) ${ordered-by-key};

-- Orders that are taken back because they were wrong, and what stands for them since. Written before anything of it is
-- sent: the refund of the whole, and the corrected sale, which waits until that has arrived.
create table correction (
    order_id  text    primary key,             -- that is taken back
    live      text,                            -- order id that stands for it; null for none
    sale      bigint  not null,                -- record of the order
    corrected bigint,                          -- record of the corrected sale; null for none
    reversal  bigint,                          -- record of the refund; null where nothing was left
    file_id   bigint  not null,                -- under which refunds of the correction stand
    state     bigint  not null default 0       -- 0 the refund has not arrived yet, 1 it has
) ${ordered-by-key};
create index correction_reversal on correction (reversal) where state = 0;
create index correction_live on correction (live) where live is not null;

-- Who did what by a command, when and why; rows are only ever added.
create table audit (
    id      ${id},
    at      bigint  not null,
    who     text    not null,                  -- the operating system's user
    command text    not null,
    count   bigint  not null,                  -- files, records, pauses that it concerned
    reason  text
);

-- How far the ledger has come. A file beside it says the same: a ledger that is behind it was put back from a copy, and what
-- it says was not sent may be at Gameball. RestoreGuard.
create table moment (
    ledger        text    not null,            -- the same in all its copies
    number        bigint  not null,            -- grows while something is written
    at            bigint  not null,
    copied_at     bigint,                      -- set in a copy that a backup made
    restored_at   bigint,                      -- when a process found that it was put back; null for never
    why           text,                        -- by what it found that, as a part of a sentence
    ended_at      bigint,                      -- when what was put back had last come further
    reconciled_at bigint                      -- since when it may deliver again
);

-- Who was forgotten, so that nobody creates them again: salted hashes of ids, numbers and addresses. Forgotten.
create table forgotten (
    hash text    primary key,
    at   bigint  not null
) ${ordered-by-key};

-- What people were told is wrong, so that a restart does not tell them again.
create table alarm (
    concern  text    primary key,              -- as in health
    cause    text    not null,                 -- the same as long as it is the same alarm
    state    bigint  not null,                 -- HealthBook.State
    since    bigint  not null,
    told_at  bigint  not null                  -- the last time
) ${ordered-by-key};

-- The last good night that was told: one row.
create table heartbeat (
    sent_at   bigint  not null,
    last_file bigint  not null                 -- the newest file then
);

-- Comparisons with what Gameball holds. One that was interrupted goes on where it was.
create table reconciliation (
    id         ${id},
    since      bigint,                         -- files that came since; null for all
    file       text,                           -- files of this name; null for all
    repair     bigint  not null,
    phase      bigint  not null default 0,     -- ReconcileBook.Phase
    position   bigint  not null default 0,     -- what is before it in its phase was compared
    asked      bigint  not null default 0,     -- sales and refunds
    equal      bigint  not null default 0,
    points     bigint  not null default 0,     -- records whose points were unknown, and are known now
    started_at bigint  not null,
    ended_at   bigint
);
create table discrepancy (
    id        ${id},
    run_id    bigint  not null,                -- of the reconciliation
    kind      text    not null,                -- Difference
    order_id  text    not null,
    amount_e4 bigint  not null,                -- what the ledger says, or where it says nothing what Gameball does
    text      text    not null,
    repaired  text                             -- what was done about it; null where a person must
);
create index discrepancy_of on discrepancy (run_id, order_id);
