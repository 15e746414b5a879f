-- Fetcher: how far the source's clock is ahead of ours (milliseconds), and how late events were seen to appear, when last.
-- unless column fetcher_sources.clock_ahead
alter table fetcher_sources
  add column clock_ahead bigint not null default 0,
  add column late_by bigint not null default 0,
  add column late_at bigint not null default 0;

-- Notifier: how far the source's clock is behind ours, so that its times can be compared with ours (milliseconds).
-- unless column notifier_watermarks.clock_behind
alter table notifier_watermarks
  add column clock_behind bigint not null default 0;
