-- The events of one account and the alerts of one key are found without reading the rest. The labels begin with the account, as a source tells them.

-- unless index evaluator_events.ix_evaluator_events_labels
create index ix_evaluator_events_labels on evaluator_events (labels(40), occurred_at);

-- unless index sigma_cloud_events_tracker_registers.ix_registers_labels
create index ix_registers_labels on sigma_cloud_events_tracker_registers (labels(60), created_at);
