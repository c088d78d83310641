import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BagReader } from '../../src/bundle/bagit/bag-reader.ts'
import type { BundleInput } from '../../src/bundle/bundle-input.ts'
import { makeExcerpt } from '../../src/bundle/make-excerpt.ts'
import { openBag } from '../../src/bundle/read-bag/open-bag.ts'
import { type CheckpointSigner, rawPublicKey, signCheckpoint } from '../../src/evidence/checkpoint-key.ts'
import { appendCustodyLine, newCustodyLog, type WrittenLine } from '../../src/evidence/custody-log.ts'
import { writeReceipt } from '../../src/evidence/receipt.ts'
import { sha256 } from '../../src/foundation/digest.ts'

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

/** A small bundle of a made-up case, with the log it comes from and the receipts that were given on the way. */
export function makeSampleBundle(signer = makeSigner('clinic')) {
  const origin = `${signer.name}/case-7`
  const log: WrittenLine[] = []
  const append = (minute: number, act: string, item: string | null) => {
    const at = new Date(Date.UTC(2026, 2, 3, 9, minute)).toISOString()
    const actor = { person: 'A. Adviser', agency: 'Helpline' }
    const digest = item === null ? null : sha256(item)
    log.push(
      appendCustodyLine(log.at(-1)?.head ?? newCustodyLog, { at, actor, act, item: digest, detail: {} }),
    )
  }
  append(0, 'case-opened', null)
  for (const [index, { text }] of contents.entries()) append(index + 1, 'arrived', text)
  append(5, 'arrived', 'something that stays out of the bundle')
  for (const [index, { text }] of contents.entries()) append(index + 6, 'exported', text)
  const headAt = (size: number) =>
    signCheckpoint({ origin, size, root: log[size - 1]?.root ?? sha256('') }, signer)
  const person = { name: 'B. Advocate', role: 'stalking advocate', agency: 'Advocates' }
  const input: BundleInput = {
    reference: 'WK-7-bundle-1',
    caseReference: 'WK-7',
    clinicName: 'West Clinic',
    purpose: 'Police report',
    madeAt: '2026-03-04T10:00:00.000Z',
    requestedBy: { ...person, at: '2026-03-04T09:00:00.000Z' },
    approvedBy: { ...person, name: 'C. Coordinator', at: '2026-03-04T09:30:00.000Z' },
    keyFacts: [{ name: 'Latest occasion', value: '3 March 2026' }],
    chronology: [
      {
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
      },
    ],
    exhibits: contents.map(({ reference, name, text }, index) => ({
      reference,
      producer: reference.slice(0, 3),
      originalName: name,
      kind: 'original',
      digest: sha256(text),
      bytes: Buffer.byteLength(text),
      arrivedAt: new Date(Date.UTC(2026, 2, 3, 9, index + 1)).toISOString(),
      open: async function* () {
        yield Buffer.from(text)
      },
    })),
    notIncluded: [{ what: 'Current address', count: 1, because: 'It is sealed.' }],
    custody: makeExcerpt(
      log.map(each => each.text),
      new Set(contents.map(({ text }) => sha256(text))),
    ),
    checkpoint: headAt(log.length),
    clinicKey: { name: signer.name, publicKey: signer.publicKey },
  }
  /** The receipt that was given for a line's item, right after the line was written. */
  const receiptAt = (size: number) => {
    const line = log[size - 1]?.line
    const item = line?.item ?? sha256('')
    return writeReceipt({ item, at: line?.at ?? '', size, head: headAt(size), clinicKey: input.clinicKey })
  }
  return { input, log, receiptAt, signer }
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

/** Unpacks a bundle of our own making into a folder. */
export async function unpackBundle(zip: string, folder: string): Promise<void> {
  const { reader, close } = await openBag(zip)
  for (const [path, bytes] of await loadBag(reader)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  close()
}
