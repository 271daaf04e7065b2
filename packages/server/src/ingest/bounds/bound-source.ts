import type { Resource, Scope, SpanSource } from '@tracellm/core'
import { shortId } from '../../short-text.ts'
import { boundKeys } from './bound-attributes.ts'
import { boundTexts, textRows } from './bound-texts.ts'
import { Cuts } from './cuts.ts'

/** Attributes of a resource that are more than attributes: who sent it. */
const senderKeys = ['service.name', 'service.instance.id', 'host.name']

const resourceTexts = textRows<Resource>('', { schemaUrl: shortId })
const scopeTexts = textRows<Scope>('', { name: shortId, version: shortId, schemaUrl: shortId })

/** Keeps short who sent the spans of one request: once for all spans of a sender, which go on sharing the objects. */
export class SourceBounds {
  /** Texts that were cut. */
  cutTexts = 0
  readonly #resources = new Map<Resource, Resource>()
  readonly #scopes = new Map<Scope, Scope>()
  readonly #sources = new Map<SpanSource, SpanSource>()

  source(source: SpanSource): SpanSource {
    const [resource, scope] = [this.resource(source.resource), this.scope(source.scope)]
    if (resource === source.resource && scope === source.scope) return source
    const known = this.#sources.get(source) ?? { ...source, resource, scope }
    this.#sources.set(source, known)
    return known
  }

  resource(resource: Resource): Resource {
    const known = this.#resources.get(resource)
    if (known !== undefined) return known
    const bound = this.#boundResource(resource)
    this.#resources.set(resource, bound)
    return bound
  }

  scope(scope: Scope): Scope {
    const known = this.#scopes.get(scope)
    if (known !== undefined) return known
    const bound = this.#boundScope(scope)
    this.#scopes.set(scope, bound)
    return bound
  }

  #boundResource(resource: Resource): Resource {
    const cuts = new Cuts()
    const named = boundTexts(resource, resourceTexts, cuts)
    const attributes = boundKeys(resource.attributes, cuts)
    const short: { [key: string]: string } = {}
    for (const key of senderKeys) {
      const text = resource.attributes[key]
      if (typeof text !== 'string') continue
      short[key] = shortId(text)
      if (short[key] !== text) cuts.keep(key, text)
    }
    if (cuts.count === 0) return resource
    this.cutTexts += cuts.count
    return { ...named, attributes: { ...cuts.addTo(attributes), ...short } }
  }

  #boundScope(scope: Scope): Scope {
    const cuts = new Cuts()
    const named = boundTexts(scope, scopeTexts, cuts)
    const attributes = boundKeys(scope.attributes ?? {}, cuts)
    if (cuts.count === 0) return scope
    this.cutTexts += cuts.count
    return { ...named, attributes: cuts.addTo(attributes) }
  }
}
