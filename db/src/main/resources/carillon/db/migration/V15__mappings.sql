-- Lines that operators added to the table of parameters and keys.
create table mapping_line (
  id varchar(26) primary key,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  path varchar(256) not null,
  key_base varchar(160) not null,
  line varchar(1024) not null,
  created_by varchar(128) not null,
  created_at timestamp(6) with time zone not null,
  constraint mapping_line_pair unique (tenant_id, path, key_base)
);
