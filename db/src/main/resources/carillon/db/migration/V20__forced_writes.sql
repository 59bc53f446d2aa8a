-- Changed before each forced write, so that there is always something to write: see ForcedWrites.
create table forced_write (
  id integer primary key,
  number bigint not null
);
insert into forced_write (id, number) values (1, 0);
