-- Files that everybody may fetch by name: firmware, ringtones, logos, certificates of authorities.
alter table stored_file add column is_public boolean default false not null;
