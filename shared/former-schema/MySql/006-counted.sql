-- Notifier: up to when what was fetched of a source is counted. A row that is there already expects to hear of it from now on.
-- unless column notifier_watermarks.counted_until
alter table notifier_watermarks
  add column counted_until bigint not null default 0;

update notifier_watermarks set counted_until = unix_timestamp() * 1000 where counted_until = 0;
