-- 1 where a key has fixed the environment of a trace with its first write: `env` is then that, whatever spans say, and
-- is there before the trace has any.
alter table trace add column env_fixed int not null default 0;
