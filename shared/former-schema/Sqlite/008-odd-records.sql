-- Fetcher: records of a source that could not be used (used = 0), or not wholly (used = 1), raw. What is kept of them is bounded.
create table if not exists fetcher_odd_records (
  record_key blob not null primary key,
  source text not null,
  slice_from integer not null,
  slice_to integer not null,
  seen_at integer not null,
  reason text not null,
  used integer not null,
  account text null,
  raw text not null
);

create index if not exists ix_fetcher_odd_records_seen on fetcher_odd_records (seen_at);

-- Fetcher: how many records of a source had each field that is used, and how many of the newest in a row have not.
create table if not exists fetcher_fields (
  source text not null,
  field text not null,
  seen integer not null,
  had integer not null,
  missing integer not null,
  missing_since integer null,
  primary key (source, field)
);

-- Evaluator: events of a batch that could not be counted, raw.
create table if not exists evaluator_odd_events (
  event_key blob not null primary key,
  source text not null,
  slice_from integer not null,
  slice_to integer not null,
  seen_at integer not null,
  reason text not null,
  account text null,
  raw text not null
);

create index if not exists ix_evaluator_odd_events_seen on evaluator_odd_events (seen_at);

-- Evaluator: what the source said of an event's time, where that could not be the time.
-- unless column evaluator_events.reported_time
alter table evaluator_events add column reported_time text null;
