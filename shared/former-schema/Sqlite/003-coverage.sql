-- Fetcher: when a slice was first published, and what had held it up; when the last poll ended, and why before its work was done.
-- unless column fetcher_slices.covered_at
alter table fetcher_slices add column covered_at integer null;

-- unless column fetcher_slices.delayed_by
alter table fetcher_slices add column delayed_by text null;

-- unless column fetcher_sources.polled_at
alter table fetcher_sources add column polled_at integer null;

-- unless column fetcher_sources.stopped
alter table fetcher_sources add column stopped text null;

-- Notifier: up to when each source was last said to be watched, and whether people were told that it is not. The source '' stands for one not heard of yet.
create table if not exists notifier_watermarks (
  source text not null primary key,
  since integer not null,
  watermark integer null,
  reported_at integer null,
  reason text null,
  blindness_id blob null,
  blindness_from integer null
);

-- Notifier: what is to be said on one channel that is not about an alert.
create table if not exists notifier_notices (
  notice_id blob not null primary key,
  subject blob not null,
  kind text not null,
  channel text not null,
  says text not null,
  state text not null,
  attempts integer not null default 0,
  reason text null,
  next_attempt_at integer not null,
  give_up_at integer not null,
  created_at integer not null,
  settled_at integer null
);

create unique index if not exists uq_notices_subject on notifier_notices (subject, kind, channel);

create index if not exists ix_notices_state on notifier_notices (state, next_attempt_at);
