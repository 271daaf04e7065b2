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

  /** Those who follow a subscription, if anybody does. */
  find(subscription: Subscription): Audience | undefined {
    return this.#byKey.get(subscriptionKey(subscription))
  }

  all(): Iterable<Audience> {
    return this.#byKey.values()
  }

  /** Lets a client follow its subscription. What waits there it hears too: it must not have been sent any of it. */
  join(client: LiveClient): void {
    const { subscription } = client
    const audience = this.find(subscription) ?? { subscription, following: new Set(), waiting: [] }
    this.#byKey.set(subscriptionKey(subscription), audience)
    audience.following.add(client)
  }

  /** Takes a client out of the audience it is in, if any. */
  leave(client: LiveClient): void {
    const audience = this.find(client.subscription)
    if (audience === undefined) return
    audience.following.delete(client)
    this.forgetEmpty(audience)
  }

  /** An audience that nobody is in any more is no longer kept. */
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
