-- Fetcher: when a slice was first published, and what had held it up; when the last poll ended, and why before its work was done.
-- unless column fetcher_slices.covered_at
alter table fetcher_slices
  add column covered_at bigint null,
  add column delayed_by varchar(500) null;

-- unless column fetcher_sources.polled_at
alter table fetcher_sources
  add column polled_at bigint null,
  add column stopped varchar(500) null;

-- Notifier: up to when each source was last said to be watched, and whether people were told that it is not. The source '' stands for one not heard of yet.
create table if not exists notifier_watermarks (
  source varchar(64) not null primary key,
  since bigint not null,
  watermark bigint null,
  reported_at bigint null,
  reason varchar(500) null,
  blindness_id binary(16) null,
  blindness_from bigint null
) engine = innodb default charset = utf8mb4;

-- Notifier: what is to be said on one channel that is not about an alert.
create table if not exists notifier_notices (
  notice_id binary(16) not null primary key,
  subject binary(16) not null,
  kind varchar(16) not null,
  channel varchar(32) not null,
  says text not null,
  state varchar(16) not null,
  attempts int not null default 0,
  reason varchar(500) null,
  next_attempt_at bigint not null,
  give_up_at bigint not null,
  created_at bigint not null,
  settled_at bigint null,
  unique key uq_notices_subject (subject, kind, channel),
  key ix_notices_state (state, next_attempt_at)
) engine = innodb default charset = utf8mb4;
