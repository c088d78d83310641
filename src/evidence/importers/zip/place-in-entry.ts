import type { OpenedEntry } from '../../archive.ts'
import type { Place } from '../importer.ts'

/** A place inside an entry, seen from the archive around it. */
export function placeInEntry({ entry, name }: Pick<OpenedEntry, 'entry' | 'name'>, place: Place): Place {
  const inside = place.entry === null ? entry.name : `${entry.name}/${place.entry}`
  const bytes = place.entryBytes ?? name.bytes
  return bytes === null ? { ...place, entry: inside } : { ...place, entry: inside, entryBytes: bytes }
}
