const minuteUs = 60_000_000

/** How long nothing may come from the process of an open span before the span is taken for abandoned (1 h). */
export const spanIdleUs = 60 * minuteUs

/** How long nothing may come for a trace without a root before it is taken as it is (10 min). */
export const traceIdleUs = 10 * minuteUs
