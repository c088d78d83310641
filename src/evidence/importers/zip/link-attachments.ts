import type { Attachment, EvidenceRecord, Place, Problem } from '../importer.ts'

/** More missing files than this are counted, not listed: the account lists no more either. */
const mostListed = 1000

/**
 * Ties the files a chat names to the entries of the archive: to the one beside it in the same folder, else to the only
 * one of that name in another folder, which is said. A name that fits no entry is missing, and one that fits several in
 * other folders is left open; both are listed.
 */
export function linkAttachments(
  chatName: string,
  entryNames: readonly string[],
): {
  link(record: EvidenceRecord): EvidenceRecord
  problems(): readonly (Problem & { readonly place: Place })[]
} {
  // Most entries of an archive name no files, so the names are sorted only when one does.
  let sorted: SortedNames | null = null
  const problems: (Problem & { readonly place: Place })[] = []
  const say = (code: string, message: string, place: Place) => {
    if (problems.length < mostListed) problems.push({ code, message, place })
  }
  const find = (
    name: string,
    place: Place,
  ): Pick<Attachment, 'entry'> & { readonly isElsewhere: boolean } => {
    sorted ??= sortNames(folderOf(chatName), entryNames)
    const { beside, elsewhere } = sorted
    const plain = plainName(name)
    const near = beside.get(plain)
    if (near !== undefined) return { entry: near, isElsewhere: false }
    const far = elsewhere.get(plain) ?? []
    const [only] = far
    if (only !== undefined && far.length === 1) return { entry: only, isElsewhere: true }
    if (far.length > 1)
      say(
        'several-attachments',
        `The chat names ${shortName(name)}, and ${far.length} files in other folders are called that. None was chosen.`,
        place,
      )
    else say('missing-attachment', `The chat names ${shortName(name)}, which is not in the archive.`, place)
    return { entry: null, isElsewhere: false }
  }
  return {
    link(record) {
      if (record.attachments.length === 0 || record.place.entry !== chatName) return record
      let far = false
      const attachments = record.attachments.map(attachment => {
        const { name, entry, inside } = attachment
        if (name === null || entry !== null || inside) return attachment
        const found = find(name, record.place)
        far ||= found.isElsewhere
        return { name, entry: found.entry }
      })
      return {
        ...record,
        attachments,
        marks: far ? [...record.marks, 'found-in-another-folder'] : record.marks,
      }
    },
    problems: () => problems,
  }
}

type SortedNames = {
  readonly beside: ReadonlyMap<string, string>
  readonly elsewhere: ReadonlyMap<string, readonly string[]>
}

function sortNames(folder: string, entryNames: readonly string[]): SortedNames {
  const beside = new Map<string, string>()
  const elsewhere = new Map<string, readonly string[]>()
  for (const name of entryNames) {
    if (name.endsWith('/')) continue
    const plain = plainName(name.slice(folderOf(name).length))
    if (folderOf(name) === folder) beside.set(plain, name)
    else elsewhere.set(plain, [...(elsewhere.get(plain) ?? []).slice(0, 8), name])
  }
  return { beside, elsewhere }
}

const folderOf = (name: string) => name.slice(0, name.lastIndexOf('/') + 1)

/** Names written on one system may be composed differently from those unpacked on another, and carry unseen marks. */
const plainName = (name: string) =>
  name
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()

const shortName = (name: string) => (name.length > 80 ? `${name.slice(0, 77)}…` : name)
