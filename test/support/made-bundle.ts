import { buffer } from 'node:stream/consumers'
import type { BundleExhibit, BundleInput } from '../../src/bundle/bundle-input.ts'
import type { CheckpointSigner } from '../../src/evidence/checkpoint-key.ts'
import { type Sha256, sha256 } from '../../src/foundation/digest.ts'
import { type Chance, makeChance } from './chance.ts'
import { chronologyOf, type GrownLog, growLog, loadZip, makeSigner, signBundle } from './sample-bundle.ts'

const names = [
  'Zoë and me.txt',
  'CON.png',
  '=cmd|calc.csv',
  'чат.txt',
  'IMG_0001.jpg',
  '../up.tar.gz',
  '写真.png',
]

type MadeItem = { readonly reference: string; readonly name: string; readonly bytes: Buffer }

/** What a bundle holds, in memory, with what its receivers may hold besides. */
export type MadeBundle = {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly input: BundleInput
  readonly grown: GrownLog
  readonly signer: CheckpointSigner
  /** A receipt somebody was given before this bundle was made. */
  readonly receipt: string
}

/**
 * The same clinic's bundles as chance makes them: two of one case, the second when its log had grown and its
 * chronology had changed, and one of another case. With a working copy here and there.
 */
export async function makeBundles(seed: number, signer = makeSigner(`clinic ${seed}`)) {
  const chance = makeChance(seed)
  const grown = growLog(signer)
  const items = [1, 2, 3].slice(0, 1 + chance.below(3)).map((number): MadeItem => makeItem(chance, number))
  const receiptSizes = growCase(chance, grown, items)
  const first = await sign(chance, { grown, signer, items, receiptSizes, number: 1 })
  const again = chance.pick(items)
  for (const each of chance.shuffle(items))
    grown.append({ minute: 31, act: 'original-opened', item: sha256(each.bytes) })
  grown.append({ minute: 32, act: 'arrived-again', item: sha256(again.bytes) })
  receiptSizes.push(grown.log.length)
  const second = await sign(chance, { grown, signer, items, receiptSizes, number: 2 })
  const elsewhere = growLog(signer, `${signer.name}/case-8`)
  const sizes = growCase(chance, elsewhere, items)
  const other = await sign(chance, { grown: elsewhere, signer, items, receiptSizes: sizes, number: 1 })
  return { first, second, other }
}

function makeItem(chance: Chance, number: number): MadeItem {
  const text = `item ${number} of ${chance.below(1e9)}\n`.repeat(1 + chance.below(5))
  return { reference: `ABC/${number}`, name: chance.pick(names), bytes: Buffer.from(text) }
}

function growCase(chance: Chance, grown: GrownLog, items: readonly MadeItem[]): number[] {
  const sizes: number[] = []
  const touch = (act: string, item: Sha256 | null) => {
    grown.append({ minute: 1, act, item, detail: { note: `${chance.below(99)}` } })
    if (act === 'arrived') sizes.push(grown.log.length)
  }
  if (chance.is(0.5)) touch('case-opened', null)
  for (const [index, { bytes }] of items.entries()) {
    touch('arrived', sha256(bytes))
    if (chance.is(0.5)) touch('arrived', sha256(`something that stays out ${index}`))
    if (chance.is(0.7)) touch('read', sha256(bytes))
  }
  for (const { bytes } of chance.some(items, 2)) touch('original-opened', sha256(bytes))
  return sizes
}

async function sign(
  chance: Chance,
  made: {
    readonly grown: GrownLog
    readonly signer: CheckpointSigner
    readonly items: readonly MadeItem[]
    readonly receiptSizes: readonly number[]
    readonly number: number
  },
): Promise<MadeBundle> {
  const { grown, signer, items, receiptSizes, number } = made
  const person = { name: 'B. Advocate', role: 'stalking advocate', agency: 'Advocates' }
  const report = Buffer.from(`%PDF-1.7 chronology of bundle ${number}`)
  const input: BundleInput = {
    bundleId: `bundle-${number}`,
    reference: `WK-7-bundle-${number}`,
    caseReference: 'WK-7',
    clinicName: 'West Clinic',
    purpose: chance.pick(['Report to the police', 'The client’s own copy']),
    madeAt: `2026-03-0${3 + number}T10:00:00.000Z`,
    requestedBy: { ...person, at: '2026-03-04T09:00:00.000Z' },
    approvedBy: { ...person, name: 'C. Coordinator', at: '2026-03-04T09:30:00.000Z' },
    keyFacts: [],
    chronology: chronologyOf(
      [1, 2].map(row => ({
        number: row,
        when: `${row} March 2026`,
        zone: 'Europe/London',
        certainty: 'about',
        what: `threat ${row} told in bundle ${number}`,
        who: 'Kay Made-up',
        writtenByApp: '',
        platform: 'WhatsApp',
        acts: [],
        sources: [{ exhibit: 'ABC/1', place: `line ${row}` }],
      })),
      report,
    ),
    exhibits: items.flatMap(item => makeExhibits(chance, item)),
    notRead: 0,
    notIncluded: [{ what: 'Current address', count: null, because: 'It never leaves.' }],
    clinicKey: grown.clinicKey,
  }
  const receipt = grown.receiptAt(chance.pick(receiptSizes))
  const { build } = signBundle(input, grown, signer, receiptSizes)
  return { files: await loadZip(await buffer(build())), input, grown, signer, receipt }
}

function makeExhibits(chance: Chance, { reference, name, bytes }: MadeItem): readonly BundleExhibit[] {
  const exhibit = (content: Buffer, derivedFrom: Sha256 | null): BundleExhibit => ({
    reference,
    producer: 'ABC',
    originalName: name,
    kind: derivedFrom ? 'working-copy' : 'original',
    digest: sha256(content),
    derivedFrom,
    bytes: content.length,
    arrivedAt: '2026-03-03T09:01:00.000Z',
    open: async function* () {
      yield content
    },
  })
  return chance.is(0.3)
    ? [exhibit(Buffer.from(`copy of ${bytes.length} bytes`), sha256(bytes))]
    : [exhibit(bytes, null)]
}
