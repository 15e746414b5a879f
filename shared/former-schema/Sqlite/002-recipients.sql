-- Notifier: when each recipient of a channel may be told something again. The recipient itself is not kept, only a hash of it.
create table if not exists notifier_recipients (
  channel text not null,
  recipient blob not null,
  free_at integer not null default 0,
  held_until integer not null default 0,
  failures integer not null default 0,
  reason text null,
  wake_at integer not null default 0,
  primary key (channel, recipient)
);

create index if not exists ix_deliveries_line on notifier_deliveries (channel, state, next_attempt_at);
