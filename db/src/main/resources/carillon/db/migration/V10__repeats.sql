-- While a phone has time to report the end of what it took on, expires_at is when that time is up; this is when the RPC is
-- given up anyway, should the phone report that it could not do it and the RPC be put off.
alter table rpc add column lives_until timestamp(6) with time zone;
