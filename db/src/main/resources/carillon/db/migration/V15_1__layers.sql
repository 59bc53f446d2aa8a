-- Layers of configuration: a row for each, and one for each version of it that was kept.
create table profile_layer (
  id varchar(26) primary key,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  name varchar(64) not null,
  version integer not null,
  constraint profile_layer_name unique (tenant_id, name)
);
create table profile_layer_version (
  layer_id varchar(26) not null references profile_layer (id) on delete cascade,
  version integer not null,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  scope_kind varchar(16) not null,
  scope_value varchar(200) not null,
  priority integer not null,
  content bytea not null,
  note varchar(200) not null,
  created_by varchar(128) not null,
  created_at timestamp(6) with time zone not null,
  primary key (layer_id, version)
);
