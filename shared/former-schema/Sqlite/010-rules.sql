-- Evaluator: each rule as it was last applied (0: not yet), and the time after which events count for it. One that differs, or is not here, has what is stored counted by it
-- at the next start.
create table if not exists evaluator_rules (
  name text not null primary key,
  source text not null,
  definition text not null,
  applied_at integer not null,
  counts_from integer not null
);
