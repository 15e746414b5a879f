-- Notifier: when each recipient of a channel may be told something again. The recipient itself is not kept, only a hash of it.
create table if not exists notifier_recipients (
  channel varchar(32) not null,
  recipient binary(16) not null,
  free_at bigint not null default 0,
  held_until bigint not null default 0,
  failures int not null default 0,
  reason varchar(500) null,
  wake_at bigint not null default 0,
  primary key (channel, recipient)
) engine = innodb default charset = utf8mb4;

-- unless index notifier_deliveries.ix_deliveries_line
create index ix_deliveries_line on notifier_deliveries (channel, state, next_attempt_at);
