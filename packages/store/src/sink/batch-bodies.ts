import { mapRefs, type Body, type BodyHash, type RecentHashes, type Refs } from '../bodies/index.ts'

/** The bodies that a batch refers to, each at one place. Those that were sent lately go without their text. */
export class BatchBodies {
  readonly #places = new Map<BodyHash, number>()
  readonly #bodies: Body[] = []
  readonly texts: (string | undefined)[] = []
  readonly #sent: RecentHashes<true>

  constructor(sent: RecentHashes<true>) {
    this.#sent = sent
  }

  get hashes(): string {
    return this.#bodies.map((body) => body.hash).join('')
  }

  /** References by place. */
  places(projectId: string, refs: Refs<Body>): Refs<number> {
    return mapRefs(refs, (body) => this.#placeOf(projectId, body))
  }

  /** The text of a body, for a writer that lacks it. */
  text(place: number): string {
    return this.#bodies[place]!.text()
  }

  #placeOf(projectId: string, body: Body): number {
    if (body.sending?.batch === this) return body.sending.place
    const place = this.#places.get(body.hash) ?? this.#add(projectId, body)
    // The same body is met again with every call of its trace.
    body.sending = { batch: this, place }
    body.forgetText()
    return place
  }

  #add(projectId: string, body: Body): number {
    const place = this.#bodies.push(body) - 1
    this.#places.set(body.hash, place)
    const isSent = this.#sent.get(projectId, body.hash) === true
    if (!isSent) this.#sent.set(projectId, body.hash, true)
    this.texts.push(isSent ? undefined : body.text())
    return place
  }
}
