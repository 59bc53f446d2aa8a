-- Whether a device has come with a client certificate that names it: from then on an approval alone opens no session.
alter table device add column certified boolean default false not null;

-- Which devices hold which certificate authority of this server, and how that is known. Kept while one replaces another.
create table authority_holder (
  device_id bigint not null references device (id) on delete cascade,
  fingerprint varchar(64) not null,
  tenant_id varchar(64) not null,
  site varchar(64) not null,
  how varchar(16) not null,
  seen_at timestamp(6) with time zone not null,
  primary key (device_id, fingerprint)
);
