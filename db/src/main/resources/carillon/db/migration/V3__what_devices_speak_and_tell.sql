-- The CWMP version a device last spoke, and the methods that it says it has (one a line, empty where nobody asked).
alter table device add column cwmp_version varchar(8) default '' not null;
alter table device add column methods varchar(20000) default '' not null;

-- What a phone told with a call of its own, as JSON; empty for the events of an Inform.
alter table event add column details varchar(4000) default '' not null;

-- Somebody asked for it although the device says that it does not have the method.
alter table rpc add column forced boolean default false not null;
