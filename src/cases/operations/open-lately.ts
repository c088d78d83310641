import { frozen } from '../../platform/frozen.ts'
import { keepLately } from '../../platform/kept-lately.ts'

/**
 * Documents opened lately, in memory: to read one again takes no deciphering and no parsing. One is given only to somebody
 * to whom the database has just given the very same sealed bytes, so it opens nothing that is not open. Bytes in all.
 */
const lately = keepLately<{ readonly sealed: Buffer; readonly kept: unknown }>(16 * 1024 * 1024)

/**
 * A document that lies sealed, as it was opened lately, or opened now.
 *
 * @param place where the database gave it from: the clinic, the case, what it is and which revision of it
 * @param open opens and checks what was sealed
 */
export async function openLately<Kept>(
  place: string,
  sealed: Buffer,
  open: () => Promise<Kept>,
): Promise<Kept> {
  const before = lately.get(place)
  if (before?.sealed.equals(sealed)) return before.kept as Kept
  const kept = frozen(await open())
  lately.set(place, { sealed, kept }, sealed.length)
  return kept
}
