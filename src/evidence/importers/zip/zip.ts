import type { OpenedEntry } from '../../archive.ts'
import { type CheckedEntry, checkEntry } from '../../archive-entry.ts'
import { type Archive, openArchive } from '../../archive-reader.ts'
import { sayCount } from '../../say-account.ts'
import { blankRecord } from '../blank-record.ts'
import type {
  Answers,
  EvidenceRecord,
  EvidenceSource,
  Identification,
  Importer,
  Place,
  ReadStep,
  Within,
} from '../importer.ts'
import { type AccountKeeper, keepAccount } from '../keep-account.ts'
import { findDownload } from '../unknown/download-of.ts'
import { explainArchive, isBound, sayBounds } from './explain-archive.ts'
import { linkAttachments } from './link-attachments.ts'
import { longestPackedTwice, openHead, openInner } from './open-inner.ts'
import { placeInEntry } from './place-in-entry.ts'

/** A zip: a chat export with its media, or any other archive. Every entry is read as a loose file would be. */
export const zip: Importer = { format: 'zip', identify: identifyZip, read: readZip }

function identifyZip(head: Uint8Array): Identification {
  const magic = head[0] === 0x50 && head[1] === 0x4b
  if (!magic) return { kind: 'not mine' }
  const kind = (head[2] ?? 0) * 256 + (head[3] ?? 0)
  if (kind === 0x0304 || kind === 0x0506 || kind === 0x0708)
    return { kind: 'mine', dialect: 'zip', confidence: 0.9 }
  return { kind: 'not mine' }
}

async function* readZip(
  source: EvidenceSource,
  _answers: Answers,
  within?: Within,
): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const tooDeep = findDepthFault(source, within)
  if (!within || tooDeep !== null) {
    const place: Place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
    const record = { ...blankRecord('quarantined', place), reason: tooDeep }
    account.count(record)
    account.problem('quarantined', tooDeep ?? '', place)
    yield { step: 'identified', format: 'zip', dialect: 'zip', confidence: 0.9 }
    yield { step: 'records', records: [record] }
    yield { step: 'account', account: account.close(source.size) }
    return
  }
  const archive = await openArchive(source, within.budget)
  try {
    if (archive.entries.length === 0 && archive.rescue) yield* nothingToOpen(source, account)
    else yield* readEntries(source, archive, within, account)
  } finally {
    await archive.close()
  }
}

/** An archive inside an archive is opened once, and only where it can be read from any place. */
function findDepthFault(source: EvidenceSource, within: Within | undefined): string | null {
  if (!within || within.depth > 1)
    return 'It is an archive inside an archive inside the archive. Unpack it and hand it in by itself.'
  if (within.depth === 1 && !source.openRange)
    return `It is an archive inside the archive, packed twice, and larger than ${longestPackedTwice.toLocaleString('en-GB')} bytes or with something before it. Unpack it and hand it in by itself.`
  return null
}

async function* nothingToOpen(source: EvidenceSource, account: AccountKeeper): AsyncGenerator<ReadStep> {
  account.problem(
    'broken-archive',
    'The archive is cut short or damaged: it has no directory, and not one whole entry was found in it.',
  )
  yield { step: 'identified', format: 'zip', dialect: 'damaged zip', confidence: 0.9 }
  const place: Place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
  const record = { ...blankRecord('unknown', place), reason: 'The archive cannot be opened.' }
  account.count(record)
  yield { step: 'records', records: [record] }
  yield { step: 'account', account: account.close(source.size, false) }
}

/** What is known of an entry after it was unpacked once. Its bytes are not held: there may be thousands. */
type Ready = {
  readonly opened: OpenedEntry
  readonly checked:
    | { readonly ok: true; readonly sha256: string }
    | { readonly ok: false; readonly reason: string }
  readonly format: string
  readonly confidence: number
}

const isChat = (format: string) =>
  format === 'whatsapp' || format === 'signal' || format === 'chat' || format === 'sms-backup-restore'

async function* readEntries(
  source: EvidenceSource,
  archive: Archive,
  within: Within,
  account: AccountKeeper,
): AsyncGenerator<ReadStep> {
  const names = archive.entries.map(({ entry }) => entry.name)
  const ready = await prepare(archive, names, within)
  // Chats first, the surest of them before the others; everything else in an order that the archive cannot choose.
  const inOrder = [...ready].sort((one, other) => other.confidence - one.confidence)
  const chats = ready.filter(({ format }) => isChat(format)).length
  if (chats === 0) {
    const dialect = describeArchive(archive, names)
    yield { step: 'identified', format: 'zip', dialect, confidence: 0.9 }
  }
  let isNamed = chats === 0
  sayBounds(archive, account)
  for (const each of inOrder) {
    for await (const step of readEntry(each, names, within, account)) {
      if (step.step === 'records') {
        // What looked like a chat at its beginning may turn out to be none.
        if (!isNamed)
          yield {
            step: 'identified',
            format: 'zip',
            dialect: describeArchive(archive, names),
            confidence: 0.9,
          }
        isNamed = true
        yield step
      } else if (step.step === 'identified' && !isNamed && isChat(step.format)) {
        // The archive is what its surest chat is; the others add records.
        isNamed = true
        const dialect = chats === 1 ? `zip, ${step.dialect}` : `zip of ${chats} chats, ${step.dialect}`
        yield { ...step, dialect }
      }
    }
  }
  const strays = await explainArchive(archive, source.size, account)
  for (const record of strays) account.count(record)
  if (strays.length > 0) yield { step: 'records', records: strays }
  yield { step: 'account', account: account.close(source.size) }
}

function describeArchive(archive: Archive, names: readonly string[]): string {
  const downloads = new Set(names.flatMap(name => findDownload(name)?.title ?? []))
  const [download] = downloads
  const whole = `${archive.rescue ? 'damaged ' : ''}zip of ${sayCount(archive.entries.length, 'entry', 'entries')}`
  return download && downloads.size === 1 ? `${whole}, ${download}` : whole
}

/** Unpacks every entry once, in the order of the file: whether it is whole, its digest, and what it is. */
async function prepare(
  archive: Archive,
  names: readonly string[],
  within: Within,
): Promise<readonly Ready[]> {
  const found = new Map<OpenedEntry, Ready>()
  const byPlace = archive.entries
    .filter(({ verdict }) => verdict.kind !== 'folder')
    .sort((one, other) => one.entry.from - other.entry.from)
  for (const opened of byPlace) {
    const { verdict } = opened
    const checked: CheckedEntry =
      verdict.kind === 'quarantine' ? { ok: false, reason: verdict.reason } : await checkEntry(opened)
    if (!checked.ok) {
      found.set(opened, { opened, checked, format: '', confidence: 0 })
      continue
    }
    const { format, confidence } = await within.identify(openHead(opened, checked.head, names))
    const known = { ok: true, sha256: checked.sha256 } as const
    found.set(opened, { opened, checked: known, format, confidence: isChat(format) ? confidence : 0 })
  }
  return archive.entries.flatMap(opened => found.get(opened) ?? [])
}

async function* readEntry(
  { opened, checked, format }: Ready,
  names: readonly string[],
  within: Within,
  account: AccountKeeper,
): AsyncGenerator<ReadStep> {
  const whole = placeInEntry(opened, {
    from: 0,
    to: opened.entry.size,
    firstLine: null,
    lastLine: null,
    entry: null,
  })
  if (!checked.ok) {
    const { reason } = checked
    const record = { ...blankRecord('quarantined', whole), reason }
    account.count(record)
    // A bound of the whole archive is said once for all the entries behind it.
    const { verdict } = opened
    const bound = verdict.kind === 'quarantine' && isBound(verdict.code)
    if (!bound) account.problem('quarantined', `${shortName(opened.entry.name)}: ${reason}`, whole)
    yield { step: 'records', records: [record] }
    return
  }
  const inner = openInner(opened, format === 'zip', names)
  const links = linkAttachments(opened.entry.name, names)
  for await (const step of within.read(inner)) {
    if (step.step === 'identified') yield step
    else if (step.step === 'account') account.absorb(step.account, place => placeInEntry(opened, place))
    else {
      const records = step.records.map(record => links.link(ofEntry(record, opened, checked.sha256)))
      for (const record of records) account.count(record)
      yield { step: 'records', records }
    }
  }
  for (const { code, message, place } of links.problems()) account.problem(code, message, place)
}

const wholeFiles: ReadonlySet<string> = new Set(['image', 'file', 'unknown', 'quarantined'])

function ofEntry(record: EvidenceRecord, opened: OpenedEntry, sha256: string): EvidenceRecord {
  const { place } = record
  const isWhole = place.entry === null && place.from === 0 && place.to === opened.entry.size
  return {
    ...record,
    place: placeInEntry(opened, place),
    attachments: record.attachments.map(attachment =>
      attachment.entry === null
        ? attachment
        : { ...attachment, entry: `${opened.entry.name}/${attachment.entry}` },
    ),
    sha256: record.sha256 ?? (isWhole && wholeFiles.has(record.kind) ? sha256 : null),
  }
}

const shortName = (name: string) => (name.length > 80 ? `${name.slice(0, 77)}…` : name)
