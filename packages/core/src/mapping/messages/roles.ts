import type { Message } from '../../span/message.ts'

const roles: Readonly<Record<string, Message['role']>> = {
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  system: 'system',
  developer: 'system',
  instruction: 'system',
  tool: 'tool',
  function: 'tool',
}

/** The one name of a role, whatever a dialect calls it. A role no dialect knows is kept as it was sent. */
export function roleOf(name: string): Message['role'] {
  return knownRole(name) ?? name
}

export function knownRole(name: string): Message['role'] | undefined {
  const lower = name.toLowerCase()
  return Object.hasOwn(roles, lower) ? roles[lower] : undefined
}
