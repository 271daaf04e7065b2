-- Digests of spans and keys of calls keep the first 47 of their 53 bits, which are stored in 6 bytes. Those of log records
-- stay: by them a record is known among all of its project.
update span set digest = digest >> 6, call_key = call_key >> 6;
update log_record set
  call_key = call_key >> 6,
  facts = json_set(facts, '$.record.callKey', json_extract(facts, '$.record.callKey') >> 6)
  where json_extract(facts, '$.record.callKey') is not null;
update or replace sought_call set call_key = call_key >> 6;
