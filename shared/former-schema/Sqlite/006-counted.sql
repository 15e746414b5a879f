-- Notifier: up to when what was fetched of a source is counted. A row that is there already expects to hear of it from now on.
-- unless column notifier_watermarks.counted_until
alter table notifier_watermarks add column counted_until integer not null default 0;

update notifier_watermarks set counted_until = cast((julianday('now') - 2440587.5) * 86400000 as integer) where counted_until = 0;
