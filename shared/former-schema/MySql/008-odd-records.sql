-- Fetcher: records of a source that could not be used (used = 0), or not wholly (used = 1), raw. What is kept of them is bounded.
create table if not exists fetcher_odd_records (
  record_key binary(16) not null primary key,
  source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  slice_from bigint not null,
  slice_to bigint not null,
  seen_at bigint not null,
  reason varchar(500) not null,
  used int not null,
  account varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  raw text not null,
  key ix_fetcher_odd_records_seen (seen_at)
) engine = innodb default charset = utf8mb4;

-- Fetcher: how many records of a source had each field that is used, and how many of the newest in a row have not.
create table if not exists fetcher_fields (
  source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  field varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  seen bigint not null,
  had bigint not null,
  missing bigint not null,
  missing_since bigint null,
  primary key (source, field)
) engine = innodb default charset = utf8mb4;

-- Evaluator: events of a batch that could not be counted, raw.
create table if not exists evaluator_odd_events (
  event_key binary(16) not null primary key,
  source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  slice_from bigint not null,
  slice_to bigint not null,
  seen_at bigint not null,
  reason varchar(500) not null,
  account varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  raw text not null,
  key ix_evaluator_odd_events_seen (seen_at)
) engine = innodb default charset = utf8mb4;

-- Evaluator: what the source said of an event's time, where that could not be the time.
-- unless column evaluator_events.reported_time
alter table evaluator_events add column reported_time varchar(64) null;
