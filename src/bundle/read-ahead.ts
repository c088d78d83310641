/** A file that is read when it is its turn, or somewhat before. */
type ReadInTurn = { readonly bytes: number; readonly open: () => AsyncIterable<Uint8Array> }

/** So many files are read before their turn, none longer than so many bytes. */
const filesAhead = 4
const longestAhead = 1024 * 1024

/** A file whose bytes came before its turn, with what was made of them meanwhile; null where it is read at its turn. */
export type ReadEarlier<Seen> = { readonly bytes: Uint8Array; readonly seen: Seen } | null

/**
 * The same files, read a few before their turn where they are short: while one is written, others come from the disk, and
 * what `see` makes of them is made. They are to be taken in their order, each once.
 */
export function readAhead<Read extends ReadInTurn, Seen>(
  files: readonly Read[],
  see: (bytes: Uint8Array) => Promise<Seen>,
): readonly (Read & { readonly take: () => Promise<ReadEarlier<Seen>> })[] {
  const begun = new Map<number, Promise<NonNullable<ReadEarlier<Seen>>>>()
  const begin = (place: number): void => {
    const file = files[place]
    if (!file || file.bytes > longestAhead || begun.has(place)) return
    const reading = readWhole(file.open()).then(async bytes => ({ bytes, seen: await see(bytes) }))
    reading.catch(() => {}) // told when it is the file's turn
    begun.set(place, reading)
  }
  return files.map((file, place) => ({
    ...file,
    take: async () => {
      for (let next = place; next <= place + filesAhead; next += 1) begin(next)
      const reading = begun.get(place)
      begun.delete(place)
      return reading ? await reading : null
    },
  }))
}

async function readWhole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  const [only] = parts
  return only && parts.length === 1 ? only : Buffer.concat(parts)
}
