import { archiveBounds } from '../../archive.ts'
import type { Archive, Stray } from '../../archive-reader.ts'
import { sayCount } from '../../say-account.ts'
import { blankRecord } from '../blank-record.ts'
import type { EvidenceRecord } from '../importer.ts'
import type { AccountKeeper } from '../keep-account.ts'
import { findDownload } from '../unknown/download-of.ts'
import { recogniseFormat } from '../unknown/recognise.ts'

/** So few bytes hold no file: they are named one by one in a note. */
const shortStray = 16

/** Says what there is to say of the archive itself; what lies in it beside its entries becomes records. */
export async function explainArchive(
  archive: Archive,
  size: number,
  account: AccountKeeper,
): Promise<readonly EvidenceRecord[]> {
  const { entries, beyond, rescue, comment } = archive
  const folders = entries.filter(({ verdict }) => verdict.kind === 'folder').length
  const nested = entries.length - folders
  account.note(
    `The archive has ${sayCount(entries.length, 'entry', 'entries')}, ${sayCount(folders, 'folder', 'folders')} and ${sayCount(nested, 'file', 'files')}.`,
  )
  sayDownload(archive, account)
  if (comment.trim() !== '') account.note(`The archive carries a comment: “${comment.slice(0, 200)}”.`)
  if (comment.length > 200)
    account.problem(
      'long-comment',
      `The comment has ${sayCount(comment.length, 'character', 'characters')}, of which the first 200 are shown. The rest is kept, not read.`,
    )
  if (rescue) sayRescue(rescue, entries.length, account)
  sayNames(archive, account)
  const records: EvidenceRecord[] = []
  if (beyond > 0) {
    const place = { from: 0, to: size, firstLine: null, lastLine: null, entry: null }
    records.push({ ...blankRecord('quarantined', place), reason: sayBeyond(beyond) })
  }
  for (const stray of archive.strays) {
    const record = await recordOfStray(stray, archive, account)
    if (record) records.push(record)
  }
  return records
}

const sayBeyond = (beyond: number): string =>
  `${sayCount(beyond, 'more entry was', 'more entries were')} not looked at: at most ${archiveBounds.entries.toLocaleString('en-GB')} entries of an archive are, with those of archives inside it.`

/** Bounds that the archive as a whole reached, and not one entry by itself. */
export const isBound = (code: string): boolean => code === 'too-many-entries' || code === 'total-size'

/** Says first which bounds the archive reached: an account lists only so many problems, and these must be among them. */
export function sayBounds({ entries, beyond }: Archive, account: AccountKeeper): void {
  if (beyond > 0) account.problem('too-many-entries', sayBeyond(beyond))
  const reached = new Map<string, { readonly reason: string; readonly count: number }>()
  for (const { verdict } of entries) {
    if (verdict.kind !== 'quarantine' || !isBound(verdict.code)) continue
    const count = (reached.get(verdict.code)?.count ?? 0) + 1
    reached.set(verdict.code, { reason: verdict.reason, count })
  }
  for (const [code, { reason, count }] of reached)
    account.problem(code, `${sayCount(count, 'entry was', 'entries were')} not opened. ${reason}`)
}

function sayDownload(archive: Archive, account: AccountKeeper): void {
  const found = new Set(archive.entries.flatMap(({ entry }) => findDownload(entry.name)?.title ?? []))
  for (const title of found) account.note(`By its folders this is ${title}.`)
}

function sayRescue(
  { cut, gaveUp }: { readonly cut: string | null; readonly gaveUp: boolean },
  whole: number,
  account: AccountKeeper,
): void {
  const entries = sayCount(whole, 'whole entry was', 'whole entries were')
  const last = cut === null ? '' : ` The first that is not whole is ${cut.slice(0, 80)}.`
  account.problem(
    'rescued',
    `The archive is cut short or damaged: its directory is missing. ${entries} rescued.${last} Nobody can say how many are missing: ask for the file again.`,
  )
  if (gaveUp)
    account.problem('rescue-bound', `The search for entries stopped after ${whole}; more may be there.`)
}

function sayNames(archive: Archive, account: AccountKeeper): void {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { entry, name } of archive.entries) {
    if (seen.has(entry.name)) twice.add(entry.name)
    seen.add(entry.name)
    if (name.bytes !== null)
      account.note(
        `The name of an entry is not UTF-8. Its bytes are ${name.bytes.slice(0, 300)}; read as ${name.guess} they say “${name.name.slice(0, 80)}”, which is a guess.`,
      )
  }
  for (const name of twice)
    account.problem('same-name-twice', `More than one entry is called ${name.slice(0, 80)}. Each was read.`)
}

async function recordOfStray(
  { from, to, where }: Stray,
  archive: Archive,
  account: AccountKeeper,
): Promise<EvidenceRecord | null> {
  const count = to - from
  const many = sayCount(count, 'byte stands', 'bytes stand')
  const place = { from, to, firstLine: null, lastLine: null, entry: null }
  const bytes = await archive.bytes(from, Math.min(to, from + 65_536))
  const written = bytes.subarray(0, shortStray).toString('hex').replace(/../g, ' $&').toUpperCase()
  const at = {
    before: 'before the archive',
    behind: 'behind the end of the archive',
    between: archive.rescue ? 'in what is left of the archive' : 'between its entries',
  }[where]
  // Short enough for a number or an address, and long enough to hold one: then it is kept like any longer stretch.
  const mayReach = /[0-9]{6}|@/.test(bytes.toString('latin1'))
  if ((count <= shortStray && !mayReach) || (count <= 65_536 && bytes.every(byte => byte === 0))) {
    account.note(
      count <= shortStray
        ? `${many} ${at}:${written}. ${count === 1 ? 'It belongs' : 'They belong'} to no entry.`
        : `${many} ${at}, all of them zero.`,
    )
    return null
  }
  const { title } = await recogniseFormat(bytes, '')
  const reason = `${many} ${at} and ${count === 1 ? 'belongs' : 'belong'} to no whole entry: ${title}. Kept, not read.`
  account.problem('stray-bytes', reason, place)
  return { ...blankRecord('unknown', place), reason }
}
