import type { StoreChange, Scope } from '@tracellm/store'

/** What a client wants to hear of, within what it may see. */
export interface Subscription {
  /** From the client's identity, narrowed by the project it names. */
  readonly scope: Scope
  /** Span events too. */
  readonly spans: boolean
}

/** Equal for subscriptions that hear the same, so that their frames are made once. */
export function subscriptionKey(subscription: Subscription): string {
  return JSON.stringify([
    subscription.scope.projectId ?? null,
    subscription.scope.environment ?? null,
    subscription.spans,
  ])
}

export function hears(subscription: Subscription, change: StoreChange): boolean {
  const { scope, spans } = subscription
  if (scope.projectId !== undefined && change.projectId !== scope.projectId) return false
  if (scope.environment !== undefined && change.environment !== scope.environment) return false
  return spans || (change.type !== 'span.created' && change.type !== 'span.updated')
}
