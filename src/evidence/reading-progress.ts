import { sayCount, saySize } from './say-account.ts'

/** How far a reading at work has come. */
export type ReadingProgress = {
  /** Records that were made. None while the file is looked over first, to learn how it is written. */
  readonly records: number
  /** Up to which byte of the file it has come; null for an archive, whose entries are not read in their order. */
  readonly bytes: number | null
  /** The bytes of the file. */
  readonly of: number
}

/** How far a reading has come, for a person who waits for it. Nothing is said of how long it will still take. */
export function sayProgress({ records, bytes, of }: ReadingProgress): string {
  const far = bytes === null ? null : `${saySize(bytes)} of ${saySize(of)}`
  if (records === 0)
    return far === null
      ? 'It was opened, and nothing has been read yet.'
      : `It is looked over before anything is read: ${far} so far.`
  const read = sayCount(records, 'record', 'records')
  return far === null ? `${read} read so far.` : `${far} read so far: ${read}.`
}

/**
 * Follows a reading: `reach` at each byte it comes to, `count` at each record. A file is gone through once to learn how it
 * is written and once to be read, so the place counts from the beginning again when the first record is made.
 */
export function followReading(
  of: number,
  isArchive: boolean,
): {
  readonly reach: (byte: number) => void
  readonly count: () => void
  readonly progress: () => ReadingProgress
} {
  let records = 0
  let latest = 0
  let farthest = 0
  return {
    reach: byte => {
      latest = byte
      farthest = Math.max(farthest, byte)
    },
    count: () => {
      if (records === 0) farthest = latest
      records += 1
    },
    progress: () => ({ records, bytes: isArchive ? null : Math.min(farthest, of), of }),
  }
}
