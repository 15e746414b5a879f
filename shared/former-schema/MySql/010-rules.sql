-- Evaluator: each rule as it was last applied (0: not yet), and the time after which events count for it. One that differs, or is not here, has what is stored counted by it
-- at the next start.
create table if not exists evaluator_rules (
  name varchar(100) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null primary key,
  source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  definition mediumtext not null,
  applied_at bigint not null,
  counts_from bigint not null
) engine = innodb default charset = utf8mb4;
