-- What is known of files; their bytes lie beside the database, named by their hash.
create table stored_file (
  id varchar(26) primary key,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  name varchar(100) not null,
  file_type varchar(64) not null,
  version varchar(128) not null,
  models varchar(4000) not null,
  octets bigint not null,
  sha256 varchar(64) not null,
  origin varchar(16) not null,
  secrets boolean not null,
  offered boolean not null,
  device_id bigint references device (id) on delete cascade,
  rpc_id varchar(26) not null,
  created_by varchar(128) not null,
  created_at timestamp(6) with time zone not null,
  constraint file_name unique (tenant_id, name)
);
create index file_hash on stored_file (sha256);
create index file_origin on stored_file (origin, created_at);
create index file_device on stored_file (device_id);
create index file_rpc on stored_file (rpc_id);

-- Addresses at which phones fetch and leave files, one for each RPC; the token in the address is kept as its hash only.
create table transfer (
  token_hash varchar(64) primary key,
  rpc_id varchar(26) not null references rpc (id) on delete cascade,
  direction varchar(16) not null,
  name varchar(100) not null,
  file_type varchar(64) not null,
  sha256 varchar(64) not null,
  octets bigint not null
);
create index transfer_rpc on transfer (rpc_id);
create index transfer_hash on transfer (sha256);
