-- Which phone is behind which gateway, as either of them tells: what the other one is, by its identity, known here or not.
create table association (
  device_id bigint not null references device (id) on delete cascade,
  place integer not null,
  side varchar(16) not null,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  oui varchar(64) not null,
  product_class varchar(64) not null,
  serial varchar(64) not null,
  seen_at timestamp(6) with time zone not null,
  primary key (device_id, side, place)
);
create index association_other on association (oui, product_class, serial);
