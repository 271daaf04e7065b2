import type { Allowance } from './allowance.ts'
import { newAttributes, noAttributes, type Attributes, type AttributesInMaking } from './any-value.ts'

/** The attributes of one span, event or the like while they are read: so many are kept, the rest is counted. */
export class AttributeList {
  readonly #allowance: Allowance
  #count = 0
  #values: AttributesInMaking | undefined
  #left = 0
  /** What the sender says it dropped. */
  droppedBySender = 0

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  /** Where the next attribute goes: into something that nobody keeps when the list is full. */
  next(): AttributesInMaking {
    if (this.#count === this.#allowance.maxAttributes) {
      this.#left++
      this.#allowance.droppedAttributes++
      return newAttributes()
    }
    this.#count++
    return (this.#values ??= newAttributes())
  }

  get values(): Attributes {
    return this.#values ?? noAttributes
  }

  get dropped(): number {
    return this.droppedBySender + this.#left
  }
}
