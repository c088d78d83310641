/** Numbers in a list that grows: each takes eight bytes. */
export class Numbers {
  #values = new Float64Array(1024)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  /** A copy of them in rising order. */
  sorted(): Float64Array {
    return this.#values.slice(0, this.#length).sort()
  }
}

/** Where the first of numbers in rising order stands that is not below this one; behind the last where all are. */
export function firstFrom(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether numbers in rising order hold this one. */
export const holds = (sorted: Float64Array, value: number): boolean =>
  sorted[firstFrom(sorted, value)] === value
