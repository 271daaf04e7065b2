interface ErrorEntry {
  /** The HTTP status that carries it. */
  readonly status: number
  readonly title: string
  readonly fix?: string
}

const entry = (status: number, title: string, fix?: string): ErrorEntry =>
  fix === undefined ? { status, title } : { status, title, fix }

const entries = {
  TL_BAD_REQUEST: entry(400, 'Bad request'),
  TL_BAD_PARAMETER: entry(400, 'Bad parameter', 'See /docs for what this route takes.'),
  TL_BAD_BODY: entry(400, 'Bad request body', 'See /docs for what this route takes.'),
  TL_BAD_CURSOR: entry(400, 'Bad cursor', 'Start again without `cursor`.'),
  TL_NOT_YET: entry(400, 'Not supported yet'),
  TL_TOO_MANY_BUCKETS: entry(400, 'Too many buckets', 'Ask for a longer interval or a shorter range.'),
  TL_TRACE_TOO_LARGE: entry(
    400,
    'Trace too large for this form',
    'Page through it with `cursor`, or use the skeleton.',
  ),
  TL_KEY_REQUIRED: entry(
    401,
    'API key required',
    'Send `Authorization: Bearer tlm_sk_…`; make a key with `tracellm keys create`.',
  ),
  TL_KEY_UNKNOWN: entry(
    401,
    'Unknown API key',
    'The key is wrong, expired or revoked; make one with `tracellm keys create`.',
  ),
  TL_SCOPE_MISSING: entry(403, 'The key may not do this', 'Use a key with the scope named.'),
  TL_ORIGIN_FORBIDDEN: entry(
    403,
    'Foreign origin',
    'Only pages of this machine may call; allow others with the `cors-origins` setting.',
  ),
  TL_HOST_FORBIDDEN: entry(
    403,
    'Foreign host name',
    'Use localhost or 127.0.0.1, or allow the name with the `allowed-hosts` setting.',
  ),
  TL_ROUTE_NOT_FOUND: entry(404, 'No such route', 'See /docs for the routes there are.'),
  TL_PROJECT_NOT_FOUND: entry(404, 'Project not found', '`tracellm status` lists the projects there are.'),
  TL_TRACE_NOT_FOUND: entry(404, 'Trace not found', 'Check the id and the project.'),
  TL_SPAN_NOT_FOUND: entry(404, 'Span not found', 'Check the id and the trace.'),
  TL_BODY_NOT_FOUND: entry(404, 'Body not found', 'Take the body key from the span.'),
  TL_SESSION_NOT_FOUND: entry(404, 'Session not found', 'Check the id and the project.'),
  TL_KEY_NOT_FOUND: entry(404, 'API key not found', '`tracellm keys list` shows the ids.'),
  TL_METHOD_NOT_ALLOWED: entry(405, 'Method not allowed'),
  TL_BODY_TOO_SLOW: entry(408, 'The body came too slowly', 'Send smaller batches, or raise the limit named.'),
  TL_TRACE_AMBIGUOUS: entry(409, 'The trace is in more than one project', 'Add `?project_id=`.'),
  TL_PROJECT_EXISTS: entry(409, 'Project exists already', 'Choose another name, or make a key for the one there is.'),
  TL_BODY_TOO_LARGE: entry(413, 'Body too large', 'Send smaller batches, or raise the limit named.'),
  TL_UNSUPPORTED_TYPE: entry(415, 'Unsupported content type or encoding'),
  TL_RANGE_UNSATISFIABLE: entry(416, 'Nothing is in this range', 'Ask for bytes below the length in `Content-Range`.'),
  TL_UPGRADE_REQUIRED: entry(426, 'Another version of the WebSocket protocol is needed'),
  TL_RATE_LIMITED: entry(429, 'Too many requests', 'Wait for the time in `Retry-After`.'),
  TL_INTERNAL: entry(
    500,
    'Internal error',
    'This is a fault of TraceLLM: please report it with the log line of the server.',
  ),
  TL_TOO_MANY_CLIENTS: entry(503, 'Too many live clients', 'Close some, or raise `max-live-clients`.'),
  TL_QUEUE_FULL: entry(
    503,
    'The server is busy',
    'Send again after `Retry-After`; nothing of this request was stored.',
  ),
  TL_STOPPING: entry(503, 'The server is stopping', 'Send again when it is back; nothing of this request was stored.'),
  TL_STORE_UNAVAILABLE: entry(
    503,
    'The store is not available',
    'Send again later; nothing of this request was stored.',
  ),
  TL_STORE_FULL: entry(503, 'The disk is full', 'Free disk space; nothing of this request was stored.'),
  TL_STORE_LOCKED: entry(
    503,
    'The store is in use by another process',
    'Stop the other process, or use another home with --home.',
  ),
  TL_STORE_NEWER: entry(
    503,
    'The store was written by a newer version',
    'Update tracellm, or use another home with --home.',
  ),
  TL_STORE_UNWRITABLE: entry(
    503,
    'The data folder cannot be written',
    'Check its owner and rights, or use another home with --home.',
  ),
  TL_STORE_UNREADABLE: entry(
    503,
    'The data folder cannot be read',
    'Check its owner and rights, use another home with --home, or ask its server with --url.',
  ),
  TL_STORE_CORRUPT: entry(
    503,
    'The store is damaged',
    'Restore a backup, or move the file named aside and start anew.',
  ),
  TL_HOME_NOT_FOUND: entry(
    500,
    'The data folder is not there',
    'Start a server, which makes it, with `tracellm start`, or use another home with --home.',
  ),
  TL_PORT_TAKEN: entry(500, 'The port is taken', 'Stop the other program, or choose a port with --port.'),
  TL_PORT_FORBIDDEN: entry(500, 'The port may not be used', 'Choose another one, 1024 or above.'),
  TL_SERVER_UNREACHABLE: entry(503, 'The server does not answer', 'Start it with `tracellm start`.'),
  TL_AUTH_REQUIRED_TO_BIND: entry(
    500,
    'Refusing to listen beyond this machine without keys',
    'Make a key with `tracellm keys create`, then start again.',
  ),
  TL_BAD_SETTING: entry(500, 'Bad setting', '`tracellm start --help` lists the settings.'),
  TL_USAGE: entry(400, 'Wrong use of the command', '`tracellm --help` lists the commands.'),
} satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof entries

/** Every failure that a user can meet, by code. Documentation lists them from here. */
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = entries
