/** Thrown where the bytes of a block are not what this program writes: altered, cut short, or of another program. */
export class BrokenBlock extends Error {}

/** Writes numbers and texts one behind the other. */
export class BlockWriter {
  #bytes: Buffer
  #at = 0

  /** @param room how many bytes are set aside at first */
  constructor(room = 1024) {
    this.#bytes = Buffer.allocUnsafe(room)
  }

  get length(): number {
    return this.#at
  }

  /** A whole number from 0 to 2^53 - 1, seven bits to a byte, the lowest first. */
  number(value: number): void {
    if (this.#at + 8 > this.#bytes.length) this.#grow(8)
    let rest = value
    while (rest > 0x7fff_ffff) {
      this.#bytes[this.#at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#at++] = rest
  }

  /** A whole number of either sign, small ones short. */
  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2)
  }

  /** A text with its length before it. */
  text(value: string): void {
    const length = Buffer.byteLength(value, 'utf8')
    this.number(length)
    if (this.#at + length > this.#bytes.length) this.#grow(length)
    this.#at += this.#bytes.write(value, this.#at, length, 'utf8')
  }

  bytes(value: Uint8Array): void {
    if (this.#at + value.length > this.#bytes.length) this.#grow(value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  /** What was written so far; the writer begins again. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at))
    this.#at = 0
    return taken
  }

  #grow(by: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + by))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

/** Reads what `BlockWriter` wrote. Throws `BrokenBlock` at the first thing that cannot be right, and never reads past the end. */
export class BlockReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  number(): number {
    let value = 0
    let scale = 1
    for (let count = 0; count < 8; count += 1) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new BrokenBlock('a number is cut short')
      value += (byte & 127) * scale
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break
        return value
      }
      scale *= 128
    }
    throw new BrokenBlock('a number is too large')
  }

  signed(): number {
    const value = this.number()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** A number of things that follow: each takes at least so many bytes, so there cannot be more than there is room for. */
  count(least = 1): number {
    const value = this.number()
    if (value * least > this.left) throw new BrokenBlock('more is promised than there is')
    return value
  }

  text(): string {
    return this.bytes(this.number()).toString('utf8')
  }

  /** Passes over a text, or over bytes with their length before them. */
  skip(): void {
    const length = this.number()
    if (length > this.left) throw new BrokenBlock('a text is cut short')
    this.#at += length
  }

  bytes(length: number): Buffer {
    if (length > this.left) throw new BrokenBlock('a text is cut short')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}

/** How many characters two texts begin with alike; never half of one. */
export function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let same = 0
  while (same < most && one.charCodeAt(same) === other.charCodeAt(same)) same += 1
  return same > 0 && (one.charCodeAt(same - 1) & 0xfc00) === 0xd800 ? same - 1 : same
}
