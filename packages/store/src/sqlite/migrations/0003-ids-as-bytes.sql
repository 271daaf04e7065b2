-- The ids of traces and spans become bytes: `0001-first.sql` says so of the columns where it was text before.
update trace set trace_id = unhex(trace_id);
update trace_text set prompt_span = unhex(prompt_span), response_span = unhex(response_span);
update span set sid = unhex(sid), parent = unhex(parent);
update span_fill set sid = unhex(sid);
update score set sid = unhex(sid);
