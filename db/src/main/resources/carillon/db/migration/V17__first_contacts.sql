-- Phones that asked for a profile and that nobody has approved yet. Everything here is what they say themselves.
create table first_contact (
  id varchar(26) primary key,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  -- the MAC address where one was told, else model and address
  identity varchar(160) not null,
  mac varchar(12) not null,
  serial varchar(64) not null,
  model varchar(64) not null,
  version varchar(64) not null,
  source_address varchar(64) not null,
  road varchar(16) not null,
  path varchar(300) not null,
  description varchar(4000) not null,
  visits bigint not null,
  first_at timestamp(6) with time zone not null,
  last_at timestamp(6) with time zone not null,
  constraint first_contact_identity unique (tenant_id, identity)
);
create index first_contact_source on first_contact (source_address, first_at);
create index first_contact_last on first_contact (last_at);
create index device_mac on device (mac);
create index device_serial on device (serial);
