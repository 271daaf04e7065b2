-- The whole store but search. Before the first table: page_size = 4096 and auto_vacuum = incremental.
--
-- Texts that repeat are numbers of `dict` (columns marked d). Enumerations are places in core's lists: span.type in
-- `spanTypes`, span.status in `spanStatuses`, span.kind in `spanKinds`, trace.status in `traceStatuses`.
-- Ids of traces and spans are their bytes, 16 and 8: `lower(hex(trace_id))` is the text.
-- Times are microseconds since the epoch, money is nano-USD. Null is "not known". Sums are never null.

-- Counters and watermarks: trace (next id of a trace or log record), entry (next id of a body or detail), sequence
-- (newest change), and what idle work has reached. Ids are never used again, so they are counted here.
create table meta(
  key text primary key,
  value
) without rowid;

-- Names, models, providers, tools, users, sessions, environments, services, tags, and the labels of `trace_label`.
-- Here and in `resource` what nothing refers to any more is deleted after deletions, and no number is used again.
create table dict(
  id integer primary key autoincrement,
  v text not null unique
);

-- Things that many spans share, as JSON, once each: span.resource is a `Resource`; span.source is
-- {"scope", "dialects", "usedKeys", "mappingVersion"} (usedKeys is in the span's detail where it is long).
create table resource(
  id integer primary key autoincrement,
  v text not null unique
);

-- `bodies` are distinct bodies stored for the project. The counts are of what is there now. A number is never used again:
-- what is remembered of a deleted project would then be another's.
create table project(
  id integer primary key autoincrement,
  project_id text not null unique,
  name text not null,
  description text,
  created_us int not null,
  traces int not null default 0,
  spans int not null default 0,
  bodies int not null default 0
);

-- `project` null: an instance key. `scopes` has commas.
create table api_key(
  key_id text primary key,
  key_hash text not null unique,
  prefix text not null,
  project int,
  environment text,
  scopes text not null,
  created_us int not null,
  expires_us int,
  revoked_us int,
  last_used_us int
) without rowid;

create table retention(
  project integer primary key,
  max_age_days int,
  max_traces int,
  max_bytes int
);

-- One narrow row a trace, rewritten with every touch: long texts are in `trace_text`.
-- A row whose `start_us` is null has no spans: log records came before them, or what they stand for came as spans
-- elsewhere. It is no trace to a reader, who leaves it out with `start_us is not null`.
create table trace(
  id integer primary key,
  trace_id blob not null,
  project int not null,
  unkeyed int not null,        -- 1 once something came for it without a key: later proposals follow it
  env int,                     -- d
  status int not null,
  declared_status int,         -- what the sender of a plain JSON trace declared, as a trace status
  idle int not null default 0, -- what an idle rule has found: 1 process gone, 2 root overdue; 0 again when something comes
  start_us int,
  end_us int,                  -- null while it runs
  name int,                    -- d
  user int,                    -- d
  session int,                 -- d
  service int,                 -- d
  spans int not null,
  open_spans int not null,
  errors int not null,
  retries int not null,
  llm_calls int not null,
  tool_calls int not null,
  in_tok int not null,
  out_tok int not null,
  cache_r int not null,
  cache_w int not null,
  reason int not null,
  cost int not null,
  cost_unknown int not null,   -- counted calls whose cost is unknown
  model int,                   -- d
  provider int,                -- d
  models text,                 -- d, with commas, in order of first use
  tags text,                   -- d, with commas
  release int,                 -- d
  resource int,                -- of its root
  slow int not null default 0,
  deadline_us int,             -- when an idle rule may apply, while it runs; the sweep looks at status = 0 only
  created_us int not null,
  updated_us int not null
);
create unique index trace_key on trace(trace_id, project);
-- Lists, and every filter without an index of its own.
create index trace_list on trace(project, start_us, status, env, model, end_us, cost, in_tok, out_tok, errors);
create index trace_failed on trace(project, start_us) where status = 3;
create index trace_running on trace(project, start_us) where status = 0;
create index trace_retried on trace(project, start_us) where retries > 0;
create index trace_slow on trace(project, start_us) where slow = 1;

-- Written once or twice a trace. `prompt` and `response` are cut to 500 code points; where they were cut,
-- `prompt_span` and `response_span` name the span whose trace input (else input) gives the whole.
create table trace_text(
  id integer primary key,
  prompt text,
  response text,
  prompt_span blob,
  response_span blob,
  failure text,
  metadata text                -- JSON object
);

-- What the spans of a trace say about the whole of it, once for each distinct saying: `TraceContext` as JSON, with
-- traceInput and traceOutput as references (see `span`). span.context is `n`.
create table trace_context(
  tid int not null,
  n int not null,
  v text not null,
  primary key(tid, n)
) without rowid;

-- Equality filters. `label` is the dict id of a letter and a text: `m:` model (of counted calls), `o:` tool, `n:` name,
-- `u:` user, `s:` session, `t:` tag, `k:` metadata as key=value. Rows move with the trace's start.
create table trace_label(
  project int not null,
  label int not null,
  start_us int not null,
  tid int not null,
  primary key(project, label, start_us, tid)
) without rowid;

-- Sums over the traces of a session. Its traces are found by the label `s:`.
create table session(
  project int not null,
  session int not null,        -- d
  last_us int not null,        -- the latest start of its traces
  traces int not null,
  failed int not null,
  warning int not null,
  llm_calls int not null,
  in_tok int not null,
  out_tok int not null,
  cost int not null,
  cost_unknown int not null,
  primary key(project, session)
) without rowid;
create index session_list on session(project, last_us);

-- Narrow and clustered by trace: a skeleton is one range, and the key is the duplicate check.
-- Tokens, cost and model are as they stand after log records have filled them in (`span_fill`).
-- `detail` is the id of an entry in `chunk`: the rest of the span as JSON, with `refs` in front:
--   {"refs":{"in":…,"out":…,"tools":id,"lifted":[[path, id], …],"inMedia":runs,"outMedia":runs},"call":{…},"attributes":{…},…}
-- `in` and `out` are runs of body ids where the content is messages, and one number where it is a value.
-- Runs are text: `17,90+2` is 17, 90, 91, 92. `join-bodies.ts` makes the span of it again.
create table span(
  tid int not null,
  sid blob not null,
  parent blob,
  type int not null,
  kind int not null,
  status int not null,
  origin int not null,         -- 0 span, 1 log
  name int not null,           -- d
  model int,                   -- d; of the answer, else the one asked for
  request_model int,           -- d; the one asked for, where that is another
  provider int,                -- d
  tool int,                    -- d
  start_us int not null,
  dur int,                     -- null while it is open
  ttft int,
  in_tok int,
  out_tok int,
  cache_r int,
  cache_w int,
  reason int,
  cost int,
  attempt int not null,        -- 1, or the place in a chain of retries
  declared_attempt int,
  counted int not null,        -- what counts of it (`count-once.ts`): 1 call + 2 usage + 4 cost + 8 unpriced
  flags int not null,          -- 1 answer cut short + 2 input and 4 output have text + 8 and 16 the same of the trace's
  error text,                  -- at most 500 characters
  summary text,                -- at most 120 characters
  context int,                 -- trace_context.n
  resource int,
  source int,                  -- resource.id
  weight int not null,         -- attribute count  \ with the end they say
  digest int not null,         -- 47 bits of content / which of two versions stands
  call_key int,                -- 47 bits of the request id or tool call id: joins log records
  detail int not null,         -- chunk entry
  primary key(tid, sid)
) without rowid;

-- What log records add to a span, as the join decided it: {"refs":{…},"call":{…},…}, with references as in a detail;
-- `join-bodies.ts` lays it over the span. `records` are the digests of the records, `model` is the span's own.
create table span_fill(
  tid int not null,
  sid blob not null,
  v text not null,
  primary key(tid, sid)
) without rowid;

-- Entries id .. id + n - 1, brought by one transaction: canonical JSON texts joined by line feeds (JSON has none inside),
-- at most 64 kB raw unless one entry is larger, zstd. An entry is found by `id <= ? order by id desc limit 1`.
-- An entry that was deleted is an empty text; the others keep their ids.
create table chunk(
  id integer primary key,
  n int not null,
  raw int not null,            -- bytes before compression
  owners text not null,        -- runs `tid:bodies:details`, with commas: which trace brought which entries, in order
  hash blob not null,          -- 16 bytes a body, in order, details left out; zero bytes for a deleted one
  z blob not null
);

-- Which chunks hold entries that a trace (or log record) brought, so that deleting it finds them: written, and moved,
-- with the chunk.
create table chunk_owner(
  tid int not null,
  chunk int not null,
  primary key(tid, chunk)
) without rowid;

-- Traces and log records that are gone from every answer and every sum, while their spans and entries are being taken
-- out step by step.
create table deletion(
  tid integer primary key,
  project int not null
);

-- Uses of a body by a trace (or log record) that is not its owner. A body lives while its owner or one of these does.
create table body_use(
  body int not null,
  tid int not null,
  primary key(body, tid)
) without rowid;
-- What a trace gives up when it is deleted.
create index body_use_trace on body_use(tid);

-- Log records, before and after they are joined. `id` is one of the numbers that traces have: a record owns its entries
-- as a trace does, and is deleted in the same way, but not always with the trace that it names.
create table log_record(
  id integer primary key,
  project int not null,
  tid int,                     -- the trace that it names
  digest int not null,         -- 53 bits of content: a repeat is known by it
  session int,                 -- d
  call_key int,                -- of the call that it is about, where it names neither trace nor session
  facts text not null,         -- what the join looks at (`JoinRecord`), and where its content lies: {"record":{…},"refs":{…}}
  entry int not null,          -- chunk entry: the event without its content
  resource int not null,
  used_tid int                 -- the trace of the span that it fills in or stands for: goes with either
);
create unique index log_digest on log_record(project, digest);
create index log_named on log_record(tid) where tid is not null;
create index log_used on log_record(used_tid) where used_tid is not null;
create index log_session on log_record(project, session) where session is not null;
create index log_call on log_record(project, call_key) where call_key is not null;

-- The traces that have a span of a call with a `call_key` of `log_record`: noted when the span comes; of those that came
-- before the record, the newest are looked through.
create table sought_call(
  project int not null,
  call_key int not null,
  tid int not null,
  primary key(project, call_key, tid)
) without rowid;
create index sought_call_trace on sought_call(tid);

-- The last time anything came from a `service.instance.id` (d); at most a sweep old.
create table sender(
  instance integer primary key,
  seen_us int not null
);

create table score(
  id integer primary key,
  tid int not null,
  score_id text not null,
  sid blob,
  session int,                 -- d
  name int not null,           -- d
  value text not null,         -- JSON: a number, a string or a boolean
  comment text,
  source text not null,
  created_us int not null
);
create index score_trace on score(tid, created_us);
create index score_key on score(score_id);

-- What rollup rows are about. `type` is that of spans, or 12 for traces (whose `status` is a trace status).
-- Absent is 0, so that the key can be unique. Beyond some thousands of names, models or tools a project: `(other)`.
create table dims(
  id integer primary key,
  project int not null,
  env int not null,            -- d
  model int not null,          -- d
  type int not null,
  name int not null,           -- d
  tool int not null,           -- d
  status int not null,
  unique(project, env, model, type, name, tool, status)
);

-- Sums of what starts in a minute (hour, day); `bucket` is the start in those units since the epoch.
-- The three levels are disjoint: any range is their union. `n` spans or traces, `calls` counted calls.
-- `hist` is text: `bucket[:count]` in base 36 with blanks between, in no order, counts may be negative and are added.
create table rollup_minute(
  project int not null, bucket int not null, dims int not null,
  n int not null, calls int not null, in_tok int not null, out_tok int not null, cache_r int not null,
  cache_w int not null, reason int not null, cost int not null, cost_unknown int not null, retries int not null,
  slow int not null, dur int not null, hist text not null,
  primary key(project, bucket, dims)
) without rowid;
create table rollup_hour(
  project int not null, bucket int not null, dims int not null,
  n int not null, calls int not null, in_tok int not null, out_tok int not null, cache_r int not null,
  cache_w int not null, reason int not null, cost int not null, cost_unknown int not null, retries int not null,
  slow int not null, dur int not null, hist text not null,
  primary key(project, bucket, dims)
) without rowid;
create table rollup_day(
  project int not null, bucket int not null, dims int not null,
  n int not null, calls int not null, in_tok int not null, out_tok int not null, cache_r int not null,
  cache_w int not null, reason int not null, cost int not null, cost_unknown int not null, retries int not null,
  slow int not null, dur int not null, hist text not null,
  primary key(project, bucket, dims)
) without rowid;

insert into meta(key, value) values ('trace', 1), ('entry', 1), ('sequence', 0);
