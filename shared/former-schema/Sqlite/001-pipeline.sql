-- The schema of ../MySql for one SQLite file: times are milliseconds since 1970 UTC, ids 16 bytes.

-- Messages on their way out, written in the transaction that caused them.
create table if not exists outbox (
  id integer primary key autoincrement,
  owner text not null,
  message_id blob not null,
  destination text not null,
  content_type text not null,
  message_type text not null,
  body text not null,
  headers text null,
  properties text null,
  correlation_id blob null,
  conversation_id blob null,
  initiator_id blob null,
  source text null,
  sent_at integer not null,
  deliver_at integer not null,
  attempts integer not null default 0
);

create index if not exists ix_outbox_due on outbox (owner, deliver_at, id);

create index if not exists ix_outbox_message on outbox (message_id);

-- Fetcher: which slices of a source's time were asked for, and what became of them.
create table if not exists fetcher_slices (
  source text not null,
  slice_from integer not null,
  slice_to integer not null,
  state text not null,
  reason text null,
  attempts integer not null default 0,
  events integer not null default 0,
  fingerprint blob null,
  asked_at integer null,
  failed_since integer null,
  published_at integer null,
  primary key (source, slice_from, slice_to)
);

create index if not exists ix_fetcher_slices_state on fetcher_slices (source, state, slice_from);

-- Fetcher: how far a source is watched without a gap, and which fetcher works on it.
create table if not exists fetcher_sources (
  source text not null primary key,
  watermark integer not null,
  lease_owner text null,
  lease_until integer not null default 0
);

-- Evaluator: every event once.
create table if not exists evaluator_events (
  event_key blob not null primary key,
  source text not null,
  event_id text not null,
  occurred_at integer not null,
  labels text not null,
  occurrence_key blob null
);

create index if not exists ix_evaluator_events_time on evaluator_events (occurred_at);

-- Evaluator: an event in the window of each rule that watches it.
create table if not exists evaluator_window (
  trigger_id blob not null,
  event_key blob not null,
  occurred_at integer not null,
  occurrence_key blob null,
  primary key (trigger_id, event_key)
);

create index if not exists ix_evaluator_window_count on evaluator_window (trigger_id, occurred_at, occurrence_key);

create index if not exists ix_evaluator_window_occurrence on evaluator_window (occurrence_key);

create index if not exists ix_evaluator_window_time on evaluator_window (occurred_at);

create table if not exists evaluator_excused (
  occurrence_key blob not null primary key,
  excused_at integer not null
);

create index if not exists ix_evaluator_excused_time on evaluator_excused (excused_at);

-- Evaluator: parts of slices that are stored.
create table if not exists evaluator_parts (
  source text not null,
  slice_from integer not null,
  slice_to integer not null,
  parts integer not null,
  part integer not null,
  primary key (source, slice_from, slice_to, parts, part)
);

create index if not exists ix_evaluator_parts_time on evaluator_parts (slice_to);

-- Evaluator: covered time, as intervals that neither touch nor overlap.
create table if not exists evaluator_coverage (
  source text not null,
  covered_from integer not null,
  covered_to integer not null,
  primary key (source, covered_from)
);

-- Evaluator: up to when the last episode of a trigger was judged; an instant before that never raises again.
create table if not exists evaluator_cleared (
  trigger_id blob not null primary key,
  cleared_through integer not null
);

create index if not exists ix_evaluator_cleared_time on evaluator_cleared (cleared_through);

-- The trigger saga: a row is an alert that is raised now. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_events_tracker_triggers (
  id integer primary key autoincrement,
  account_id integer not null,
  cuc text not null,
  code text not null,
  created_at text not null default current_timestamp,
  updated_at text not null default current_timestamp
);

-- unless column sigma_cloud_events_tracker_triggers.trigger_id
alter table sigma_cloud_events_tracker_triggers add column trigger_id blob null;

-- unless column sigma_cloud_events_tracker_triggers.state
alter table sigma_cloud_events_tracker_triggers add column state text null;

-- unless column sigma_cloud_events_tracker_triggers.rule
alter table sigma_cloud_events_tracker_triggers add column rule text null;

-- unless column sigma_cloud_events_tracker_triggers.source
alter table sigma_cloud_events_tracker_triggers add column source text null;

-- unless column sigma_cloud_events_tracker_triggers.labels
alter table sigma_cloud_events_tracker_triggers add column labels text null;

-- unless column sigma_cloud_events_tracker_triggers.severity
alter table sigma_cloud_events_tracker_triggers add column severity text null;

-- unless column sigma_cloud_events_tracker_triggers.alert_id
alter table sigma_cloud_events_tracker_triggers add column alert_id blob null;

-- unless column sigma_cloud_events_tracker_triggers.quantity
alter table sigma_cloud_events_tracker_triggers add column quantity integer null;

-- unless column sigma_cloud_events_tracker_triggers.threshold
alter table sigma_cloud_events_tracker_triggers add column threshold integer null;

-- unless column sigma_cloud_events_tracker_triggers.raised_at
alter table sigma_cloud_events_tracker_triggers add column raised_at integer null;

-- unless column sigma_cloud_events_tracker_triggers.clear_check_at
alter table sigma_cloud_events_tracker_triggers add column clear_check_at integer null;

-- unless column sigma_cloud_events_tracker_triggers.version
alter table sigma_cloud_events_tracker_triggers add column version integer not null default 0;

-- unless index sigma_cloud_events_tracker_triggers.uq_triggers_trigger
create unique index uq_triggers_trigger on sigma_cloud_events_tracker_triggers (trigger_id);

-- unless index sigma_cloud_events_tracker_triggers.ix_triggers_clear_check
create index ix_triggers_clear_check on sigma_cloud_events_tracker_triggers (rule, clear_check_at);

-- The existing installation's reports read where its current window began; the evaluator keeps it at the start of the rolling one.
create table if not exists sigma_cloud_events_tracker_window (
  id integer primary key autoincrement,
  started_at text not null,
  created_at text not null default current_timestamp,
  updated_at text not null default current_timestamp
);

-- Notifier: one row per alert. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_events_tracker_registers (
  id integer primary key autoincrement,
  account_code text not null,
  trade_name text not null,
  company_trade_name text not null,
  client_group_name text not null,
  cuc text not null,
  code text not null,
  quantity integer not null,
  period_started_at text not null,
  period_ended_at text not null,
  created_at text not null default current_timestamp,
  updated_at text not null default current_timestamp
);

-- unless column sigma_cloud_events_tracker_registers.alert_id
alter table sigma_cloud_events_tracker_registers add column alert_id blob null;

-- unless column sigma_cloud_events_tracker_registers.rule
alter table sigma_cloud_events_tracker_registers add column rule text null;

-- unless column sigma_cloud_events_tracker_registers.severity
alter table sigma_cloud_events_tracker_registers add column severity text null;

-- unless column sigma_cloud_events_tracker_registers.source
alter table sigma_cloud_events_tracker_registers add column source text null;

-- unless column sigma_cloud_events_tracker_registers.labels
alter table sigma_cloud_events_tracker_registers add column labels text null;

-- unless column sigma_cloud_events_tracker_registers.threshold
alter table sigma_cloud_events_tracker_registers add column threshold integer null;

-- unless column sigma_cloud_events_tracker_registers.raised_at
alter table sigma_cloud_events_tracker_registers add column raised_at integer null;

-- unless column sigma_cloud_events_tracker_registers.cleared_at
alter table sigma_cloud_events_tracker_registers add column cleared_at integer null;

-- unless column sigma_cloud_events_tracker_registers.cleared_quantity
alter table sigma_cloud_events_tracker_registers add column cleared_quantity integer null;

-- unless column sigma_cloud_events_tracker_registers.cleared_reason
alter table sigma_cloud_events_tracker_registers add column cleared_reason text null;

-- unless index sigma_cloud_events_tracker_registers.uq_registers_alert
create unique index uq_registers_alert on sigma_cloud_events_tracker_registers (alert_id);

-- Notifier: what is to be said of an alert on one channel.
create table if not exists notifier_deliveries (
  delivery_id blob not null primary key,
  alert_id blob not null,
  kind text not null,
  channel text not null,
  state text not null,
  attempts integer not null default 0,
  reason text null,
  receipt text null,
  claimed_until integer not null default 0,
  next_attempt_at integer not null,
  give_up_at integer not null,
  created_at integer not null,
  settled_at integer null
);

create unique index if not exists uq_deliveries_alert on notifier_deliveries (alert_id, kind, channel);

create index if not exists ix_deliveries_state on notifier_deliveries (state, next_attempt_at);

-- Notifier: the last known names of an account.
create table if not exists notifier_accounts (
  account text not null primary key,
  account_code text not null,
  company_id integer not null,
  trade_name text not null,
  company_trade_name text null,
  client_group_name text null,
  refreshed_at integer not null
);

-- Notifier: alarm events put into Segware. Columns up to updated_at are the existing installation's.
create table if not exists sigma_cloud_alarm_events (
  id integer primary key autoincrement,
  application_type text not null,
  account text not null,
  auxiliary text not null,
  code text not null,
  company_id integer not null,
  complement text not null,
  event_id text not null,
  event_log text not null,
  "partition" text not null,
  protocol_type text not null,
  status text not null,
  created_at text not null default current_timestamp,
  updated_at text not null default current_timestamp
);

-- unless column sigma_cloud_alarm_events.delivery_id
alter table sigma_cloud_alarm_events add column delivery_id blob null;

-- unless index sigma_cloud_alarm_events.uq_alarm_events_delivery
create unique index uq_alarm_events_delivery on sigma_cloud_alarm_events (delivery_id);
