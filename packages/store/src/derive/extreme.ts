/** Which of many is the first. */
export interface Order<Item> {
  readonly precedes: (one: Item, other: Item) => boolean
  /** Which of the items are looked at at all. */
  readonly applies: (item: Item) => boolean
}

/**
 * The first of many by some order, kept while they come and go. Only when the first itself goes are the others looked
 * at again, and only once somebody asks.
 */
export class Extreme<Item> {
  readonly #order: Order<Item>
  #first: Item | undefined
  #isStale = false

  constructor(order: Order<Item>) {
    this.#order = order
  }

  add(item: Item): void {
    if (this.#isStale || !this.#order.applies(item)) return
    if (this.#first === undefined || this.#order.precedes(item, this.#first)) this.#first = item
  }

  remove(item: Item): void {
    if (item !== this.#first) return
    this.#first = undefined
    this.#isStale = true
  }

  /** Something else in the place of an item; when it is no further back than the item was, no other need be looked at. */
  replace(item: Item, successor: Item): void {
    if (item !== this.#first) this.add(successor)
    else if (this.#order.applies(successor) && !this.#order.precedes(item, successor)) this.#first = successor
    else this.remove(item)
  }

  /** @param all where to look when the first has gone */
  get(all: () => Iterable<Item>): Item | undefined {
    if (this.#isStale) {
      this.#isStale = false
      for (const item of all()) this.add(item)
    }
    return this.#first
  }
}
