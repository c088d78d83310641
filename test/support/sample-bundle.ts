import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BagReader } from '../../src/bundle/bagit/bag-reader.ts'
import { bindingLines } from '../../src/bundle/binding-lines.ts'
import { buildBundle, readVerifyPage, type SignedParts } from '../../src/bundle/build.ts'
import type { BundleChronologyFiles, BundleInput } from '../../src/bundle/bundle-input.ts'
import { prepareFiles } from '../../src/bundle/prepare.ts'
import { prepareText } from '../../src/bundle/prepared-file.ts'
import { openBag } from '../../src/bundle/read-bag/open-bag.ts'
import type { ChronologyRow } from '../../src/bundle/report-data.ts'
import { stateBundle } from '../../src/bundle/state-bundle.ts'
import { chronologyStart, writeChronologyRow } from '../../src/bundle/tables.ts'
import { type CheckpointSigner, rawPublicKey, signCheckpoint } from '../../src/evidence/checkpoint-key.ts'
import type { CustodyEntry } from '../../src/evidence/custody-line.ts'
import { appendCustodyLine, newCustodyLog, type WrittenLine } from '../../src/evidence/custody-log.ts'
import { writeReceipt } from '../../src/evidence/receipt.ts'
import { signDigest } from '../../src/evidence/signed-digest.ts'
import { type Sha256, sha256 } from '../../src/foundation/digest.ts'

/** A key that is the same for the same seed. */
export function makeSigner(seed: string, name = 'clinic.example/west'): CheckpointSigner {
  // RFC 8410: the fixed beginning of a PKCS #8 Ed25519 key, then its 32 bytes
  const der = Buffer.from(`302e020100300506032b657004220420${sha256(seed)}`, 'hex')
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { name, publicKey: rawPublicKey(createPublicKey(key)), sign: message => sign(null, message, key) }
}

const contents = [
  { reference: 'ABC/1', name: '../WhatsApp Chat — Zoë.txt', text: 'you cannot hide\n'.repeat(40) },
  { reference: 'ABC/2', name: 'CON.png', text: '\u0000not really a picture' },
  { reference: 'DEF/1', name: '=cmd|calc.csv', text: '' },
]

export const sampleRow: ChronologyRow = {
  number: 1,
  when: '3 March 2026 at 4:05pm',
  zone: 'Europe/London, as the phone had it',
  certainty: 'exact',
  what: '=HYPERLINK("x") you cannot hide',
  who: '+44 7700 900123',
  writtenByApp: 'No: the words stand under a name, and nothing speaks for the app',
  platform: 'WhatsApp',
  acts: ['(b)', '(d)'],
  sources: [{ exhibit: 'ABC/1', place: 'line 3' }],
}

/** A chronology as it lies in a bundle, with something in place of the printed one. */
export function chronologyOf(rows: readonly ChronologyRow[], report: Uint8Array): BundleChronologyFiles {
  const table = [chronologyStart, ...rows.map(writeChronologyRow)].join('')
  const files = [prepareText('data/chronology.pdf', report), prepareText('data/chronology.csv', table)]
  return { rows: rows.length, printed: 'all', files }
}

/** The log of a made-up case, as a test grows it. */
export function growLog(signer: CheckpointSigner, origin = `${signer.name}/case-7`) {
  const log: WrittenLine[] = []
  const append = (entry: {
    readonly minute: number
    readonly act: string
    readonly item: Sha256 | null
    readonly detail?: CustodyEntry['detail']
  }) => {
    const at = new Date(Date.UTC(2026, 2, 3, 9, entry.minute)).toISOString()
    const actor = { person: 'A. Adviser', agency: 'Helpline' }
    const { act, item, detail = {} } = entry
    // The first line is from before lines had a salt: a log may hold both kinds.
    const salt = log.length === 0 ? {} : { salt: sha256(`salt ${origin} ${log.length}`).slice(0, 32) }
    log.push(appendCustodyLine(log.at(-1)?.head ?? newCustodyLog, { at, actor, act, item, detail, ...salt }))
  }
  const headAt = (size: number) =>
    signCheckpoint({ origin, size, root: log[size - 1]?.root ?? sha256('') }, signer)
  const clinicKey = { name: signer.name, publicKey: signer.publicKey }
  /** The receipt that was given for a line's item, right after the line was written. */
  const receiptAt = (size: number) => {
    const line = log[size - 1]?.line
    const item = line?.item ?? sha256('')
    return writeReceipt({ item, at: line?.at ?? '', size, head: headAt(size), clinicKey }, signer)
  }
  return { log, origin, append, headAt, receiptAt, clinicKey }
}

export type GrownLog = ReturnType<typeof growLog>

/** States a bundle, binds it into the log as the clinic does, and answers what is needed to write it. */
export function signBundle(
  input: BundleInput,
  grown: GrownLog,
  signer: CheckpointSigner,
  receiptSizes: readonly number[],
) {
  const { log, origin } = grown
  const files = prepareFiles(input, readVerifyPage())
  const texts = log.map(each => each.text)
  const { statement, digest } = stateBundle(input, files, { origin, texts, receiptSizes })
  for (const line of bindingLines(statement, digest)) grown.append({ minute: 30, ...line })
  const signed: SignedParts = {
    statement,
    signature: signDigest({ kind: 'bundle-statement', origin, digest }, signer),
    texts: log.map(each => each.text),
    checkpoint: grown.headAt(log.length),
  }
  return { files, signed, build: () => buildBundle(input, files, signed) }
}

/** A small bundle of a made-up case, with the log it comes from and the receipts that were given meanwhile. */
export function makeSampleBundle(
  signer = makeSigner('clinic'),
  report: Uint8Array = Buffer.from('%PDF-1.7 stands in for the chronology'),
) {
  const grown = growLog(signer)
  const { append, log } = grown
  append({ minute: 0, act: 'case-opened', item: null })
  for (const [index, { text }] of contents.entries())
    append({ minute: index + 1, act: 'arrived', item: sha256(text) })
  append({ minute: 5, act: 'arrived', item: sha256('something that stays out of the bundle') })
  const person = { name: 'B. Advocate', role: 'stalking advocate', agency: 'Advocates' }
  const input: BundleInput = {
    bundleId: 'bundle-1',
    reference: 'WK-7-bundle-1',
    caseReference: 'WK-7',
    clinicName: 'West Clinic',
    purpose: 'Police report',
    madeAt: '2026-03-04T10:00:00.000Z',
    requestedBy: { ...person, at: '2026-03-04T09:00:00.000Z' },
    approvedBy: { ...person, name: 'C. Coordinator', at: '2026-03-04T09:30:00.000Z' },
    keyFacts: [{ name: 'Latest occasion', value: '3 March 2026' }],
    chronology: chronologyOf([sampleRow], report),
    exhibits: contents.map(({ reference, name, text }, index) => ({
      reference,
      producer: reference.slice(0, 3),
      originalName: name,
      kind: 'original',
      digest: sha256(text),
      derivedFrom: null,
      bytes: Buffer.byteLength(text),
      arrivedAt: new Date(Date.UTC(2026, 2, 3, 9, index + 1)).toISOString(),
      open: async function* () {
        yield Buffer.from(text)
      },
    })),
    notRead: 0,
    notIncluded: [{ what: 'Current address', count: 1, because: 'It is sealed.' }],
    clinicKey: grown.clinicKey,
  }
  const { files, signed, build } = signBundle(input, grown, signer, [2, 3, 4, 5])
  return { input, log, receiptAt: grown.receiptAt, signer, grown, files, signed, build }
}

/** A bag in memory, so that a test can change one byte of one file. */
export function readMemory(files: ReadonlyMap<string, Uint8Array>): BagReader {
  return {
    list: async () => [...files].map(([path, { length }]) => ({ path, kind: 'file', size: length })),
    open: async function* (path) {
      yield files.get(path) ?? new Uint8Array()
    },
  }
}

/** Every file of a bag, in memory. */
export async function loadBag(reader: BagReader): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const { path, kind } of await reader.list()) {
    if (kind !== 'file') continue
    const chunks: Uint8Array[] = []
    for await (const chunk of reader.open(path)) chunks.push(chunk)
    files.set(path, new Uint8Array(Buffer.concat(chunks)))
  }
  return files
}

/** Every file of a zipped bundle of our own making, in memory. */
export async function loadZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'))
  try {
    await writeFile(join(folder, 'bundle.zip'), bytes)
    const { reader, close } = await openBag(join(folder, 'bundle.zip'))
    const files = await loadBag(reader)
    close()
    return files
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Unpacks a bundle of our own making into a folder. */
export async function unpackBundle(zip: string, folder: string): Promise<void> {
  const { reader, close } = await openBag(zip)
  for (const [path, bytes] of await loadBag(reader)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  close()
}
