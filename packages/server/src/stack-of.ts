/** Where a fault was thrown. Its message stays out: it may quote what a client sent. */
export function stackOf(fault: unknown): string {
  if (!(fault instanceof Error)) return typeof fault
  const frames = fault.stack?.match(/^\s+at .*$/gm) ?? []
  return [fault.name, ...frames.slice(0, 8).map((frame) => frame.trim())].join(' < ')
}
