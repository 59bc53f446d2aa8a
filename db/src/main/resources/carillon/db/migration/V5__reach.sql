-- How a device can be reached beside its ConnectionRequestURL: where the STUN server last saw it, which timestamp its last
-- UDP connection request bore (the next must be higher, TR-069 Annex G), and which plan it was told to follow.
create table reach (
  device_id bigint primary key references device (id) on delete cascade,
  address varchar(64) not null,
  port integer not null,
  bound_at timestamp(6) with time zone,
  last_stamp bigint not null,
  plan varchar(500) not null
);
