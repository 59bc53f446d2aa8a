-- Whether the phone has to log in at the address.
alter table transfer add column login boolean default false not null;

-- Firmware has succeeded when the phone reports this SoftwareVersion (empty: when it reports the end of the transfer);
-- and when the phone has reported the end of the transfer while its version was still awaited.
alter table rpc add column awaited_version varchar(64) default '' not null;
alter table rpc add column reported_at timestamp(6) with time zone;

-- Downloads that left and had not ended when it was last looked: at most as many as the limits allow.
create table download_slot (
  rpc_id varchar(26) primary key references rpc (id) on delete cascade,
  tenant_id varchar(64) not null,
  site varchar(64) not null
);
create index download_slot_site on download_slot (tenant_id, site);

-- One row, held by whoever counts downloads, so that no two nodes give away the last place.
create table download_gate (
  id integer primary key
);
insert into download_gate (id) values (1);
