/** Numbers that look random and are the same for the same seed, everywhere. Mulberry32. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 up to, but not, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` up to, but not, `end`. */
  between(least: number, end: number): number {
    return least + Math.floor(this.next() * (end - least))
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length)]!
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits)
      text += this.between(0, 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, digits)
  }
}
