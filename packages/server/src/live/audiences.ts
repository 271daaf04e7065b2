import type { LiveClient } from './live-client.ts'
import type { LiveEvent } from './live-event.ts'
import { hears, subscriptionKey, type Subscription } from './subscription.ts'

/** Clients that hear the same: what waits for them is kept once and its frame is made once. */
export interface Audience {
  readonly subscription: Subscription
  readonly following: Set<LiveClient>
  waiting: LiveEvent[]
}

/** One for each different subscription that somebody follows. */
export class Audiences {
  readonly #byKey = new Map<string, Audience>()

  /** The audience of a subscription, made when there is none. */
  of(subscription: Subscription): Audience {
    const key = subscriptionKey(subscription)
    const audience = this.#byKey.get(key) ?? { subscription, following: new Set(), waiting: [] }
    this.#byKey.set(key, audience)
    return audience
  }

  all(): Iterable<Audience> {
    return this.#byKey.values()
  }

  /** Takes a client out of the audience it is in, if any. */
  leave(client: LiveClient): void {
    const audience = this.#byKey.get(subscriptionKey(client.subscription))
    if (audience === undefined) return
    audience.following.delete(client)
    this.forgetEmpty(audience)
  }

  forgetEmpty({ subscription, following }: Audience): void {
    if (following.size === 0) this.#byKey.delete(subscriptionKey(subscription))
  }

  /** Lets events wait for all that hear them. */
  take(events: readonly LiveEvent[]): void {
    for (const { subscription, waiting } of this.#byKey.values()) {
      for (const event of events) if (hears(subscription, event.change)) waiting.push(event)
    }
  }
}
