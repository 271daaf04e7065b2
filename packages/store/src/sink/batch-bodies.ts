import { mapRefs, type Body, type BodyHash, type RecentHashes, type Refs } from '../bodies/index.ts'
import type { ByteArena } from './byte-arena.ts'
import type { ByteRange } from './draft.ts'

/** Bodies outlive the batch, so they note its number and not the batch, which would be kept with all that is in it. */
let lastBatch = 0

/** The bodies that a batch refers to, each at one place. Those that were sent lately go without their text. */
export class BatchBodies {
  readonly #number = ++lastBatch
  readonly texts: (ByteRange | undefined)[] = []
  readonly #places = new Map<BodyHash, number>()
  readonly #hashes: BodyHash[] = []
  /** Only these may be asked for, so that the rest of the batch is let go of once it is drafted. */
  readonly #withoutText = new Map<number, Body>()
  readonly #sent: RecentHashes<true>
  readonly #arena: ByteArena

  constructor(sent: RecentHashes<true>, arena: ByteArena) {
    this.#sent = sent
    this.#arena = arena
  }

  get hashes(): string {
    return this.#hashes.join('')
  }

  /** References by place. */
  places(projectId: string, refs: Refs<Body>): Refs<number> {
    return mapRefs(refs, (body) => this.#placeOf(projectId, body))
  }

  /** Adds the text of a body, for a writer that lacks it. */
  addText(place: number): void {
    this.texts[place] = this.#arena.add(this.#withoutText.get(place)!.bytes())
  }

  #placeOf(projectId: string, body: Body): number {
    if (body.sentInBatch === this.#number) return body.placeInBatch
    const place = this.#places.get(body.hash) ?? this.#add(projectId, body)
    // The same body is met again with every call of its trace.
    body.sentInBatch = this.#number
    body.placeInBatch = place
    body.forgetBytes()
    return place
  }

  #add(projectId: string, body: Body): number {
    const place = this.#hashes.push(body.hash) - 1
    this.#places.set(body.hash, place)
    const isSent = this.#sent.get(projectId, body.hash) === true
    if (isSent) this.#withoutText.set(place, body)
    else this.#sent.set(projectId, body.hash, true)
    this.texts.push(isSent ? undefined : this.#arena.add(body.bytes()))
    return place
  }
}
