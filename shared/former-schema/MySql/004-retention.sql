-- Notifier: what is old is found without reading the rest.

-- unless index notifier_deliveries.ix_deliveries_settled
create index ix_deliveries_settled on notifier_deliveries (settled_at);

-- unless index sigma_cloud_events_tracker_registers.ix_registers_created
create index ix_registers_created on sigma_cloud_events_tracker_registers (created_at);

-- unless index sigma_cloud_alarm_events.ix_alarm_events_created
create index ix_alarm_events_created on sigma_cloud_alarm_events (created_at);

-- unless index notifier_accounts.ix_accounts_refreshed
create index ix_accounts_refreshed on notifier_accounts (refreshed_at);
