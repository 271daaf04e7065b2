import { TraceLLMError } from '@tracellm/core'
import { hashAt, hasRefs, keysOfRefs, mapRefs, storeRefs, type BodyHash, type Refs } from '../../bodies/index.ts'
import type { DraftBatch } from '../../sink/draft.ts'
import type { BodyChunks, KnownBody } from './body-chunks.ts'
import type { ProjectEntry } from './project-rows.ts'
import type { TraceEntry } from './trace-entry.ts'

/** Whoever brings bodies and refers to them: a trace, or a log record under a number of its own. */
export type BodyOwner = Pick<TraceEntry, 'tid' | 'project' | 'uses'>

/** One batch as it is being written: the places of its bodies on the way to becoming ids. */
export class BatchBodies {
  readonly #batch: DraftBatch
  readonly #bodies: BodyChunks
  /** By project, by place. */
  readonly #known = new Map<ProjectEntry | undefined, (KnownBody | undefined)[]>()

  constructor(batch: DraftBatch, bodies: BodyChunks) {
    this.#batch = batch
    this.#bodies = bodies
  }

  /** Adds the places among those referred to whose body is neither known to the project nor sent along. */
  lookFor(project: ProjectEntry | undefined, refs: Refs<number>, missing: Set<number>): void {
    const known = this.#knownTo(project)
    for (const place of keysOfRefs(refs)) {
      if (known[place] !== undefined || this.#batch.texts[place] !== undefined) continue
      known[place] = project && this.#bodies.find(project, hashAt(this.#batch.hashes, place))
      if (known[place] === undefined) missing.add(place)
    }
  }

  /**
   * The beginning of a JSON object as it is stored, with its references; empty when it has none. Bodies that are new are
   * appended for the owner; it is noted that it uses those of others.
   */
  store(owner: BodyOwner, refs: Refs<number>): string {
    if (!hasRefs(refs)) return ''
    return `{"refs":${JSON.stringify(storeRefs(mapRefs(refs, (place) => this.#idOf(owner, place))))}`
  }

  #idOf(owner: BodyOwner, place: number): number {
    const known = this.#knownTo(owner.project)
    const hash = hashAt(this.#batch.hashes, place)
    const body = known[place] ?? this.#bodies.find(owner.project, hash) ?? this.#add(owner, place, hash)
    known[place] = body
    if (body.owner !== owner.tid && !owner.uses.has(body.id)) {
      owner.uses.add(body.id)
      this.#bodies.addUse(body.id, owner.tid)
    }
    return body.id
  }

  #add({ project, tid }: BodyOwner, place: number, hash: BodyHash): KnownBody {
    const range = this.#batch.texts[place]
    if (range === undefined) throw new TraceLLMError('TL_INTERNAL', 'a body was forgotten while its batch was written')
    return this.#bodies.addBody(project, tid, hash, this.#batch.bytes.subarray(...range))
  }

  #knownTo(project: ProjectEntry | undefined): (KnownBody | undefined)[] {
    let known = this.#known.get(project)
    if (known === undefined) this.#known.set(project, (known = []))
    return known
  }
}
