-- Fetcher: drills that were asked for, and how far each has come. Of those under way there is one at most.
create table if not exists drills (
  drill_id blob not null primary key,
  asked_at integer not null,
  asked_by text not null,
  channels text not null,
  under_way integer null,
  taken_at integer null,
  taken_by text null,
  slice_to integer null,
  published_at integer null,
  reason text null,
  closed_at integer null,
  ended_at integer null,
  outcome text null
);

create unique index if not exists uq_drills_under_way on drills (under_way);

-- Notifier: the alerts of drills, for an hour. What other reports read has none of them.
create table if not exists notifier_drills (
  alert_id blob not null primary key,
  account_code text not null,
  trade_name text not null,
  company_trade_name text not null,
  client_group_name text not null,
  cuc text not null,
  code text not null,
  quantity integer not null,
  period_started_at text not null,
  period_ended_at text not null,
  created_at text not null,
  updated_at text not null,
  rule text not null,
  severity text not null,
  source text not null,
  labels text not null,
  threshold integer not null,
  raised_at integer null,
  cleared_at integer null,
  cleared_quantity integer null,
  cleared_reason text null
);
