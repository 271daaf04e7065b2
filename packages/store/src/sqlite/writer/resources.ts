import type { DatabaseSync } from 'node:sqlite'
import { isJsonObject, type JsonObject } from '@tracellm/core'
import { Dictionary } from './dictionary.ts'

/** What a resource tells of the process that it stands for. */
export interface Sender {
  readonly service: string | undefined
  readonly instance: string | undefined
  readonly pid: number | undefined
  readonly hostName: string | undefined
}

const maxSenders = 5000

/** Resources and sources as JSON, each once, and what they tell. */
export class Resources extends Dictionary {
  readonly #senders = new Map<number, Sender>()

  constructor(database: DatabaseSync) {
    super(database, 'resource')
  }

  /** @param resource number of a resource that is stored */
  sender(resource: number): Sender {
    const known = this.#senders.get(resource)
    if (known !== undefined) return known
    const { attributes } = JSON.parse(this.text(resource)!) as { attributes?: unknown }
    const sender = senderOf(isJsonObject(attributes) ? attributes : {})
    if (this.#senders.size >= maxSenders) this.#senders.clear()
    this.#senders.set(resource, sender)
    return sender
  }
}

function senderOf(attributes: JsonObject): Sender {
  const text = (key: string): string | undefined => {
    const value = attributes[key]
    return typeof value === 'string' ? value : undefined
  }
  const pid = attributes['process.pid']
  return {
    service: text('service.name'),
    instance: text('service.instance.id'),
    pid: typeof pid === 'number' ? pid : undefined,
    hostName: text('host.name'),
  }
}
