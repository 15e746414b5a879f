-- Fetcher: drills that were asked for, and how far each has come. Of those under way there is one at most.
create table if not exists drills (
  drill_id binary(16) not null primary key,
  asked_at bigint not null,
  asked_by varchar(255) not null,
  channels varchar(255) not null,
  under_way int null,
  taken_at bigint null,
  taken_by varchar(255) null,
  slice_to bigint null,
  published_at bigint null,
  reason varchar(500) null,
  closed_at bigint null,
  ended_at bigint null,
  outcome varchar(500) null,
  unique key uq_drills_under_way (under_way)
) engine = innodb default charset = utf8mb4;

-- Notifier: the alerts of drills, for an hour. What other reports read has none of them.
create table if not exists notifier_drills (
  alert_id binary(16) not null primary key,
  account_code varchar(255) not null,
  trade_name varchar(255) not null,
  company_trade_name varchar(255) not null,
  client_group_name varchar(255) not null,
  cuc varchar(255) not null,
  code varchar(255) not null,
  quantity int not null,
  period_started_at datetime not null,
  period_ended_at datetime not null,
  created_at datetime not null,
  updated_at datetime not null,
  rule varchar(100) not null,
  severity varchar(32) not null,
  source varchar(64) not null,
  labels varchar(1000) not null,
  threshold int not null,
  raised_at bigint null,
  cleared_at bigint null,
  cleared_quantity int null,
  cleared_reason varchar(32) null
) engine = innodb default charset = utf8mb4;
