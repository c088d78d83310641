/** A file that is read when it is its turn, or somewhat before. */
type ReadInTurn = { readonly bytes: number; readonly open: () => AsyncIterable<Uint8Array> }

/** So many files are read before their turn, none longer than so many bytes. */
const filesAhead = 4
const longestAhead = 1024 * 1024

/**
 * The same files, read a few before their turn where they are short: while one is written, others come from the disk.
 * They are to be opened in their order, each once.
 */
export function readAhead<Read extends ReadInTurn>(files: readonly Read[]): readonly Read[] {
  const begun = new Map<number, Promise<readonly Uint8Array[]>>()
  const begin = (place: number): void => {
    const file = files[place]
    if (!file || file.bytes > longestAhead || begun.has(place)) return
    const reading = readWhole(file.open())
    reading.catch(() => {}) // told when it is the file's turn
    begun.set(place, reading)
  }
  return files.map((file, place) => ({
    ...file,
    open: async function* () {
      for (let next = place; next <= place + filesAhead; next += 1) begin(next)
      const reading = begun.get(place)
      if (!reading) {
        yield* file.open()
        return
      }
      const parts = await reading
      begun.delete(place)
      yield* parts
    },
  }))
}

async function readWhole(source: AsyncIterable<Uint8Array>): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return parts
}
