-- The database of the former tracker, as its program made it, with rows of the last days.
create table sigma_cloud_events_tracker_registers (
  id int unsigned not null auto_increment,
  account_code varchar(255) not null,
  trade_name varchar(255) not null,
  company_trade_name varchar(255) not null,
  client_group_name varchar(255) not null,
  cuc varchar(255) not null,
  code varchar(255) not null,
  quantity int not null,
  period_started_at timestamp not null default current_timestamp,
  period_ended_at timestamp not null default current_timestamp,
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp on update current_timestamp,
  primary key (id)
) engine = innodb default charset = utf8mb4;

create table sigma_cloud_events_tracker_triggers (
  id int unsigned not null auto_increment,
  account_id int unsigned not null,
  cuc varchar(255) not null,
  code varchar(255) not null,
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp on update current_timestamp,
  primary key (id),
  unique key sigma_cloud_events_tracker_triggers_account_id_cuc_code_unique (account_id, cuc, code)
) engine = innodb default charset = utf8mb4;

create table sigma_cloud_events_tracker_window (
  id int unsigned not null auto_increment,
  started_at timestamp not null default current_timestamp,
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp on update current_timestamp,
  primary key (id)
) engine = innodb default charset = utf8mb4;

create table sigma_cloud_alarm_events (
  id int unsigned not null auto_increment,
  application_type varchar(255) not null,
  account varchar(255) not null,
  auxiliary varchar(255) not null,
  code varchar(255) not null,
  company_id int unsigned not null,
  complement varchar(255) not null,
  event_id varchar(255) not null,
  event_log varchar(255) not null,
  `partition` varchar(255) not null,
  protocol_type varchar(255) not null,
  status enum('sent', 'failed') not null,
  created_at timestamp not null default current_timestamp,
  updated_at timestamp not null default current_timestamp on update current_timestamp,
  primary key (id)
) engine = innodb default charset = utf8mb4;

insert into sigma_cloud_events_tracker_registers
  (account_code, trade_name, company_trade_name, client_group_name, cuc, code, quantity, period_started_at, period_ended_at, created_at, updated_at)
values
  ('00417', 'Padaria São João Ltda', 'Sentinela Monitoramento', 'Comércio', 'ALR', 'E130', 37,
    current_timestamp - interval 50 hour, current_timestamp - interval 48 hour, current_timestamp - interval 48 hour, current_timestamp - interval 48 hour),
  ('01388', 'Condomínio Edifício Aurora', 'Sentinela Monitoramento', '', 'PAB', 'E301', 22,
    current_timestamp - interval 26 hour, current_timestamp - interval 24 hour, current_timestamp - interval 24 hour, current_timestamp - interval 23 hour),
  ('00417', 'Padaria São João Ltda', 'Sentinela Monitoramento', 'Comércio', 'ALR', '1130', 20,
    current_timestamp - interval 3 hour, current_timestamp - interval 1 hour, current_timestamp - interval 1 hour, current_timestamp - interval 1 hour);

insert into sigma_cloud_events_tracker_triggers (account_id, cuc, code, created_at, updated_at) values
  (4711, 'ALR', 'E130', current_timestamp - interval 1 hour, current_timestamp - interval 1 hour),
  (4712, 'PAB', 'E301', current_timestamp - interval 1 hour, current_timestamp - interval 30 minute);

insert into sigma_cloud_events_tracker_window (started_at, created_at, updated_at) values
  (current_timestamp - interval 1 hour, current_timestamp - interval 90 day, current_timestamp - interval 1 hour);

insert into sigma_cloud_alarm_events
  (application_type, account, auxiliary, code, company_id, complement, event_id, event_log, `partition`, protocol_type, status, created_at, updated_at)
values
  ('sigma-cloud-events-tracker', '00417', '0', 'E702', 3, 'Excesso de eventos', '167681000', 'Excesso de eventos', '000', 'CONTACT_ID', 'sent',
    current_timestamp - interval 48 hour, current_timestamp - interval 48 hour),
  ('another-application', '01388', '0', 'E702', 3, 'Excesso de eventos', '167681000', 'Excesso de eventos', '000', 'CONTACT_ID', 'failed',
    current_timestamp - interval 24 hour, current_timestamp - interval 24 hour);
