-- Histories of devices as chains: each row names the one before it, and a head names the newest. An index by device would
-- be moved at another place by each phone that comes, which costs more than all else that is written then.
create sequence event_number start with 1000000000 increment by 1000;
create sequence session_number start with 1000000000 increment by 1000;

create table chained_event (
  id bigint primary key,
  previous bigint not null,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  device_id bigint not null,
  at timestamp(6) with time zone not null,
  session varchar(64) not null,
  code varchar(64) not null,
  command_key varchar(64) not null,
  details varchar(4000) not null
);
insert into chained_event (id, previous, tenant_id, site, device_id, at, session, code, command_key, details)
  select id, coalesce(lag(id) over (partition by device_id order by id), 0), tenant_id, site, device_id, at, session, code,
      command_key, details
  from event;

create table event_head (
  device_id bigint primary key references device (id) on delete cascade,
  newest bigint not null
);
insert into event_head (device_id, newest)
  select id, coalesce((select max(e.id) from event e where e.device_id = device.id), 0) from device;

drop table event;
alter table chained_event rename to event;

create table chained_session (
  sequence bigint primary key,
  previous bigint not null,
  id varchar(64) not null,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  device_id bigint not null,
  started_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone not null,
  source_address varchar(64) not null,
  events varchar(8000) not null,
  rpcs varchar(8000) not null,
  outcome varchar(500) not null,
  exchange bytea not null,
  constraint session_in_tenant unique (tenant_id, id)
);
insert into chained_session (sequence, previous, id, tenant_id, site, device_id, started_at, ended_at, source_address, events,
    rpcs, outcome, exchange)
  select sequence, coalesce(lag(sequence) over (partition by device_id order by sequence), 0), id, tenant_id, site,
      device_id, started_at, ended_at, source_address, events, rpcs, outcome, exchange
  from session_record;

create table session_head (
  device_id bigint primary key references device (id) on delete cascade,
  newest bigint not null
);
insert into session_head (device_id, newest)
  select id, coalesce((select max(s.sequence) from session_record s where s.device_id = device.id), 0) from device;

drop table session_record;
alter table chained_session rename to session_record;
