-- Attempts that did not deliver their record, the newest of each; the one that did stands in the record's own row.
-- AttemptWriter.
create table attempt (
    record_id  bigint not null,
    number     bigint not null,
    sent_at    bigint,                         -- when the attempt was committed
    ended_at   bigint not null,
    job        bigint,                         -- by which it went; null for a call of its own
    call       text collate "C",                         -- null where nobody was left to say
    state      bigint not null,                -- RecordState to which it led
    reason     text collate "C",
    message    text collate "C",
    status     bigint,                         -- of HTTP
    api_code   bigint,
    request_id text collate "C",
    primary key (record_id, number)
);

update layout set version = 8;
