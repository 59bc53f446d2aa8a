-- A name, an identity: unique in its tenant, and nowhere else.
alter table device drop constraint device_identity;
alter table app_user drop constraint user_name;
alter table app_user add constraint user_name_in_tenant unique (tenant_id, name);

-- Names that no document has any more are removed a day after that was seen.
alter table parameter_shape add column unused_since timestamp(6) with time zone;
create index parameter_document_shape on parameter_document (shape_id);

-- What housekeeping removes by its time.
create index audit_at on audit (at);
create index api_token_end on api_token (expires_at);
create index login_user on login (user_id, expires_at);
create index claim_last_seen on claim (last_seen);

-- What is unique in its tenant carries it; what people read of a device is where the device is.
create table answer_in_tenant (
  tenant_id varchar(64) not null,
  actor varchar(128) not null,
  idempotency_key varchar(128) not null,
  answer varchar(200000) not null,
  at timestamp(6) with time zone not null,
  primary key (tenant_id, actor, idempotency_key)
);
insert into answer_in_tenant (tenant_id, actor, idempotency_key, answer, at)
  select 'default', actor, idempotency_key, answer, at from idempotency;
drop table idempotency;
alter table answer_in_tenant rename to idempotency;
create index answer_at on idempotency (at);

alter table parameter_document add column tenant_id varchar(64) default 'default' not null;
alter table parameter_document add column site varchar(64) default '' not null;
update parameter_document set
  tenant_id = (select d.tenant_id from device d where d.id = parameter_document.device_id),
  site = (select d.site from device d where d.id = parameter_document.device_id);
