import { checkEntry, type OpenedEntry, openArchive } from '../../archive-reader.ts'
import { blankRecord } from '../blank-record.ts'
import { imageBytesRead, recordOfImage } from '../image/image.ts'
import { measureImage } from '../image/measure-image.ts'
import type {
  Answers,
  EvidenceRecord,
  EvidenceSource,
  Identification,
  Importer,
  Place,
  ReadStep,
} from '../importer.ts'
import { type AccountKeeper, keepAccount } from '../keep-account.ts'
import { recogniseFormat } from '../unknown/recognise.ts'
import { whatsApp } from '../whatsapp/whatsapp.ts'
import { linkAttachments } from './link-attachments.ts'

/** A zip: a WhatsApp export with its media, or any other archive, entry by entry. */
export const zip: Importer = { format: 'zip', identify: identifyZip, read: readZip }

/** At most this many texts of one archive are tried as chats. */
const mostChats = 16

function identifyZip(head: Uint8Array): Identification {
  const magic = head[0] === 0x50 && head[1] === 0x4b
  if (!magic) return { kind: 'not mine' }
  const kind = (head[2] ?? 0) * 256 + (head[3] ?? 0)
  if (kind === 0x0304 || kind === 0x0506 || kind === 0x0708)
    return { kind: 'mine', dialect: 'zip', confidence: 0.9 }
  return { kind: 'not mine' }
}

async function* readZip(source: EvidenceSource, answers: Answers): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const archive = await openArchive(source).catch((fault: unknown) => {
    const why = fault instanceof Error ? fault.message : String(fault)
    account.problem('broken-archive', `The archive is cut short or damaged and cannot be opened (${why}).`)
    return null
  })
  if (!archive) {
    yield { step: 'identified', format: 'zip', dialect: 'damaged zip', confidence: 0.9 }
    const place: Place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
    const record = { ...blankRecord('unknown', place), reason: 'The archive cannot be opened.' }
    account.count(record)
    yield { step: 'records', records: [record] }
    yield { step: 'account', account: account.close(source.size, false) }
    return
  }
  try {
    const names = archive.entries.map(({ entry }) => entry.name)
    const chats = await findChats(archive.entries, names)
    if (chats.length === 0) {
      const dialect = `zip of ${archive.entries.length} entries`
      yield { step: 'identified', format: 'zip', dialect, confidence: 0.9 }
    }
    for (const [index, opened] of chats.entries()) {
      for await (const step of readChat(opened, names, answers, account)) {
        // The archive is what its best chat is; the others add records.
        if (step.step === 'records') yield step
        else if (step.step === 'identified' && index === 0) yield { ...step, dialect: `zip, ${step.dialect}` }
      }
    }
    const read = new Set(chats)
    const others = archive.entries
      .filter(opened => !read.has(opened) && opened.verdict.kind !== 'folder')
      .sort((one, other) => one.entry.from - other.entry.from)
    for (const opened of others) {
      const record = await recordOf(opened)
      account.count(record)
      if (record.kind === 'quarantined' && record.reason)
        account.problem('quarantined', `${shortName(opened.entry.name)}: ${record.reason}`, record.place)
      yield { step: 'records', records: [record] }
    }
    if (archive.beyond > 0)
      account.problem('too-many-entries', `${archive.beyond} more entries were not looked at.`)
    const folders = archive.entries.filter(({ verdict }) => verdict.kind === 'folder').length
    account.note(`The archive has ${archive.entries.length} entries, ${folders} of them folders.`)
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault)
    account.problem('broken-archive', `The archive cannot be read to its end (${why}).`)
    yield { step: 'account', account: account.close(source.size, false) }
    return
  } finally {
    await archive.close()
  }
  yield { step: 'account', account: account.close(source.size) }
}

/** Finds the texts that are chats, by content. The one with the best claim comes first. */
async function findChats(
  entries: readonly OpenedEntry[],
  names: readonly string[],
): Promise<readonly OpenedEntry[]> {
  const texts = entries.filter(({ entry, verdict }) => verdict.kind === 'open' && /\.txt$/i.test(entry.name))
  const chats: { readonly opened: OpenedEntry; readonly confidence: number }[] = []
  for (const opened of texts.slice(0, mostChats)) {
    const checked = await checkEntry(opened, 0, () => false)
    if (!checked.ok) continue
    const found = whatsApp.identify(checked.head, opened.entry.name, names)
    if (found.kind === 'mine') chats.push({ opened, confidence: found.confidence })
  }
  return chats.sort((one, other) => other.confidence - one.confidence).map(({ opened }) => opened)
}

async function* readChat(
  opened: OpenedEntry,
  names: readonly string[],
  answers: Answers,
  account: AccountKeeper,
): AsyncGenerator<ReadStep> {
  const { name, size } = opened.entry
  const inner: EvidenceSource = {
    name,
    size,
    siblings: names,
    async *open() {
      yield* await opened.open()
    },
  }
  const links = linkAttachments(name, names)
  for await (const step of whatsApp.read(inner, answers)) {
    if (step.step === 'records') {
      const records = step.records.map(record =>
        links.link({ ...record, place: { ...record.place, entry: name } }),
      )
      for (const record of records) account.count(record)
      yield { step: 'records', records }
    } else if (step.step === 'account') account.absorb(step.account)
    else yield step
  }
  for (const missing of links.missing())
    account.problem(
      'missing-attachment',
      `The chat names ${shortName(missing.name)}, which is not in the archive.`,
      missing.place,
    )
}

async function recordOf(opened: OpenedEntry): Promise<EvidenceRecord> {
  const { entry, verdict } = opened
  const place: Place = { from: 0, to: entry.size, firstLine: null, lastLine: null, entry: entry.name }
  if (verdict.kind === 'quarantine') return { ...blankRecord('quarantined', place), reason: verdict.reason }
  const checked = await checkEntry(opened, imageBytesRead, head => measureImage(head) !== null)
  if (!checked.ok) return { ...blankRecord('quarantined', place), reason: checked.reason }
  const measured = measureImage(checked.head)
  if (measured && checked.bytes) {
    const record = await recordOfImage(checked.bytes, measured, entry.size, entry.name)
    return { ...record, text: '', sha256: checked.sha256 }
  }
  const { format, title } = await recogniseFormat(checked.head, entry.name)
  if (format === 'zip')
    return {
      ...blankRecord('quarantined', place),
      reason: 'It is an archive inside the archive. Unpack it and hand it in by itself.',
      sha256: checked.sha256,
    }
  return { ...blankRecord('file', place), reason: title, sha256: checked.sha256 }
}

const shortName = (name: string) => (name.length > 80 ? `${name.slice(0, 77)}…` : name)
