-- Names that identify are compared as the services compare them: case, accents and spaces at the end count. MySQL and MariaDB call that by different names, and each
-- reads its own comment alone. The columns of the former tracker stay as they are, for other reports join them. So does evaluator_events, the one table of many rows: its
-- keys are binary, and what is read by its source or labels compares the bytes.

alter table outbox
  modify owner varchar(32) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table fetcher_slices
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify state varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table fetcher_sources
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify lease_owner varchar(128) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null;

alter table evaluator_parts
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table evaluator_coverage
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table sigma_cloud_events_tracker_triggers
  modify state varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  modify rule varchar(100) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  modify labels varchar(1000) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null;

alter table sigma_cloud_events_tracker_registers
  modify rule varchar(100) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null,
  modify labels varchar(1000) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ null;

alter table notifier_deliveries
  modify kind varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify channel varchar(32) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify state varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table notifier_accounts
  modify account varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify account_code varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table notifier_recipients
  modify channel varchar(32) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table notifier_watermarks
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table notifier_notices
  modify kind varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify channel varchar(32) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify state varchar(16) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;

alter table notifier_drills
  modify account_code varchar(255) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify rule varchar(100) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify source varchar(64) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null,
  modify labels varchar(1000) /*!80017 collate utf8mb4_0900_bin */ /*M!100201 collate utf8mb4_nopad_bin */ not null;
