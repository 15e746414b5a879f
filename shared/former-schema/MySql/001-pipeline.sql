-- Times are milliseconds since 1970 UTC (bigint), ids binary(16), except in the four tables other reports read.

-- Messages on their way out, written in the transaction that caused them.
create table if not exists outbox (
  id bigint not null auto_increment primary key,
  owner varchar(32) not null,
  message_id binary(16) not null,
  destination varchar(512) not null,
  content_type varchar(128) not null,
  message_type varchar(2000) not null,
  body mediumtext not null,
  headers text null,
  properties text null,
  correlation_id binary(16) null,
  conversation_id binary(16) null,
  initiator_id binary(16) null,
  source varchar(512) null,
  sent_at bigint not null,
  deliver_at bigint not null,
  attempts int not null default 0,
  key ix_outbox_due (owner, deliver_at, id),
  key ix_outbox_message (message_id)
) engine = innodb default charset = utf8mb4;

-- Fetcher: which slices of a source's time were asked for, and what became of them.
create table if not exists fetcher_slices (
  source varchar(64) not null,
  slice_from bigint not null,
  slice_to bigint not null,
  state varchar(16) not null,
  reason varchar(500) null,
  attempts int not null default 0,
  events int not null default 0,
  fingerprint binary(16) null,
  asked_at bigint null,
  failed_since bigint null,
  published_at bigint null,
  primary key (source, slice_from, slice_to),
  key ix_fetcher_slices_state (source, state, slice_from)
) engine = innodb default charset = utf8mb4;

-- Fetcher: how far a source is watched without a gap, and which fetcher works on it.
create table if not exists fetcher_sources (
  source varchar(64) not null primary key,
  watermark bigint not null,
  lease_owner varchar(128) null,
  lease_until bigint not null default 0
) engine = innodb default charset = utf8mb4;

-- Evaluator: every event once.
create table if not exists evaluator_events (
  event_key binary(16) not null primary key,
  source varchar(64) not null,
  event_id varchar(128) not null,
  occurred_at bigint not null,
  labels varchar(1000) not null,
  occurrence_key binary(16) null,
  key ix_evaluator_events_time (occurred_at)
) engine = innodb default charset = utf8mb4;

-- Evaluator: an event in the window of each rule that watches it.
create table if not exists evaluator_window (
  trigger_id binary(16) not null,
  event_key binary(16) not null,
  occurred_at bigint not null,
  occurrence_key binary(16) null,
  primary key (trigger_id, event_key),
  key ix_evaluator_window_count (trigger_id, occurred_at, occurrence_key),
  key ix_evaluator_window_occurrence (occurrence_key),
  key ix_evaluator_window_time (occurred_at)
) engine = innodb default charset = utf8mb4;

create table if not exists evaluator_excused (
  occurrence_key binary(16) not null primary key,
  excused_at bigint not null,
  key ix_evaluator_excused_time (excused_at)
) engine = innodb default charset = utf8mb4;

-- Evaluator: parts of slices that are stored.
create table if not exists evaluator_parts (
  source varchar(64) not null,
  slice_from bigint not null,
  slice_to bigint not null,
  parts int not null,
  part int not null,
  primary key (source, slice_from, slice_to, parts, part),
  key ix_evaluator_parts_time (slice_to)
) engine = innodb default charset = utf8mb4;

-- Evaluator: covered time, as intervals that neither touch nor overlap.
create table if not exists evaluator_coverage (
  source varchar(64) not null,
  covered_from bigint not null,
  covered_to bigint not null,
  primary key (source, covered_from)
) engine = innodb default charset = utf8mb4;

-- Evaluator: up to when the last episode of a trigger was judged; an instant before that never raises again.
create table if not exists evaluator_cleared (
  trigger_id binary(16) not null primary key,
  cleared_through bigint not null,
  key ix_evaluator_cleared_time (cleared_through)
) engine = innodb default charset = utf8mb4;

-- The trigger saga: a row is an alert that is raised now. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_events_tracker_triggers (
  id int unsigned not null auto_increment primary key,
  account_id bigint not null,
  cuc varchar(255) not null,
  code varchar(255) not null,
  created_at datetime not null default current_timestamp,
  updated_at datetime not null default current_timestamp
) engine = innodb default charset = utf8mb4;

-- for each unique index of sigma_cloud_events_tracker_triggers on account_id,cuc,code
drop index {index} on sigma_cloud_events_tracker_triggers;

-- unless column sigma_cloud_events_tracker_triggers.trigger_id
alter table sigma_cloud_events_tracker_triggers
  add column trigger_id binary(16) null,
  add column state varchar(16) null,
  add column rule varchar(100) null,
  add column source varchar(64) null,
  add column labels varchar(1000) null,
  add column severity varchar(32) null,
  add column alert_id binary(16) null,
  add column quantity int null,
  add column threshold int null,
  add column raised_at bigint null,
  add column clear_check_at bigint null,
  add column version int not null default 0;

-- unless index sigma_cloud_events_tracker_triggers.uq_triggers_trigger
create unique index uq_triggers_trigger on sigma_cloud_events_tracker_triggers (trigger_id);

-- unless index sigma_cloud_events_tracker_triggers.ix_triggers_clear_check
create index ix_triggers_clear_check on sigma_cloud_events_tracker_triggers (rule, clear_check_at);

-- The existing installation's reports read where its current window began; the evaluator keeps it at the start of the rolling one.
create table if not exists sigma_cloud_events_tracker_window (
  id int unsigned not null auto_increment primary key,
  started_at datetime not null,
  created_at datetime not null default current_timestamp,
  updated_at datetime not null default current_timestamp
) engine = innodb default charset = utf8mb4;

-- Notifier: one row per alert. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_events_tracker_registers (
  id int unsigned not null auto_increment primary key,
  account_code varchar(255) not null,
  trade_name varchar(255) not null,
  company_trade_name varchar(255) not null,
  client_group_name varchar(255) not null,
  cuc varchar(255) not null,
  code varchar(255) not null,
  quantity int not null,
  period_started_at datetime not null,
  period_ended_at datetime not null,
  created_at datetime not null default current_timestamp,
  updated_at datetime not null default current_timestamp
) engine = innodb default charset = utf8mb4;

-- unless column sigma_cloud_events_tracker_registers.alert_id
alter table sigma_cloud_events_tracker_registers
  add column alert_id binary(16) null,
  add column rule varchar(100) null,
  add column severity varchar(32) null,
  add column source varchar(64) null,
  add column labels varchar(1000) null,
  add column threshold int null,
  add column raised_at bigint null,
  add column cleared_at bigint null,
  add column cleared_quantity int null,
  add column cleared_reason varchar(32) null;

-- unless index sigma_cloud_events_tracker_registers.uq_registers_alert
create unique index uq_registers_alert on sigma_cloud_events_tracker_registers (alert_id);

-- Notifier: what is to be said of an alert on one channel.
create table if not exists notifier_deliveries (
  delivery_id binary(16) not null primary key,
  alert_id binary(16) not null,
  kind varchar(16) not null,
  channel varchar(32) not null,
  state varchar(16) not null,
  attempts int not null default 0,
  reason varchar(500) null,
  receipt varchar(255) null,
  claimed_until bigint not null default 0,
  next_attempt_at bigint not null,
  give_up_at bigint not null,
  created_at bigint not null,
  settled_at bigint null,
  unique key uq_deliveries_alert (alert_id, kind, channel),
  key ix_deliveries_state (state, next_attempt_at)
) engine = innodb default charset = utf8mb4;

-- Notifier: the last known names of an account.
create table if not exists notifier_accounts (
  account varchar(64) not null primary key,
  account_code varchar(64) not null,
  company_id bigint not null,
  trade_name varchar(255) not null,
  company_trade_name varchar(255) null,
  client_group_name varchar(255) null,
  refreshed_at bigint not null
) engine = innodb default charset = utf8mb4;

-- Notifier: alarm events put into Segware. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_alarm_events (
  id int unsigned not null auto_increment primary key,
  application_type varchar(255) not null,
  account varchar(255) not null,
  auxiliary varchar(255) not null,
  code varchar(255) not null,
  company_id bigint not null,
  complement varchar(255) not null,
  event_id varchar(255) not null,
  event_log varchar(255) not null,
  `partition` varchar(255) not null,
  protocol_type varchar(255) not null,
  status varchar(16) not null,
  created_at datetime not null default current_timestamp,
  updated_at datetime not null default current_timestamp
) engine = innodb default charset = utf8mb4;

-- unless column sigma_cloud_alarm_events.delivery_id
alter table sigma_cloud_alarm_events add column delivery_id binary(16) null;

-- unless index sigma_cloud_alarm_events.uq_alarm_events_delivery
create unique index uq_alarm_events_delivery on sigma_cloud_alarm_events (delivery_id);
