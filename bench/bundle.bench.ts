import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, deflateSync } from 'node:zlib'
import { withCase } from '../src/audit/operations/access-case.ts'
import { findOpenChoices } from '../src/bundle/exhibit-choice.ts'
import { askForBundle } from '../src/bundle/operations/ask-for-bundle.ts'
import { buildBundleFile } from '../src/bundle/operations/build-bundle-file.ts'
import { decideBundle } from '../src/bundle/operations/decide-bundle.ts'
import { openBundle } from '../src/bundle/operations/open-bundle.ts'
import { weighExhibits } from '../src/bundle/operations/weigh-exhibits.ts'
import { openBag } from '../src/bundle/read-bag/open-bag.ts'
import { verifyBundle } from '../src/bundle/verify.ts'
import { clinicSigner } from '../src/evidence/clinic-signer.ts'
import { loadEvidence } from '../src/evidence/operations/load-evidence.ts'
import { readItem } from '../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import type { BundleId } from '../src/foundation/ids.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import { type Measured, measure, medianRatio, runProgram, sayTime } from './support/measure.ts'

const exhibits = Number(process.env['UNWATCHED_BENCH_EXHIBITS'] ?? 5000)
const size = 100_000
const rounds = 2
const atOnce = 4

/**
 * A bundle of 5 000 pictures of 100 kB: built by its job, sealed and on the disk, and then verified with the clinic's key;
 * against `zip -0` of the same files and `sha256sum` of each, in pairs.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    await readDemoAgain(bench)
    const pictures = join(bench.folder, 'pictures')
    await mkdir(pictures)
    const bringing = await measure(() => bringPictures(bench, pictures))
    const zip = join(bench.folder, 'pictures.zip')
    const [zipping, building, verifying]: [Measured[], Measured[], Measured[]] = [[], [], []]
    let packed = 0
    let peak = 0
    for (let round = 0; round < rounds; round += 1) {
      zipping.push(
        await measure(async () => {
          await runProgram('zip', ['-0', '-q', '-r', zip, 'pictures'], bench.folder)
          await runProgram('sh', ['-c', 'find pictures -type f -print0 | xargs -0 sha256sum'], bench.folder)
        }),
      )
      await rm(zip)
      const bundleId = await approve(bench)
      building.push(
        await measure(async () => {
          const end = await buildBundleFile(bench.clinic, bench.caseId, bundleId)
          if (end !== 'done') throw new Error(`the bundle was not built: ${end}`)
        }),
      )
      peak = Math.max(peak, process.memoryUsage().rss)
      const path = await fetchBundle(bench, bundleId)
      packed = (await stat(path)).size
      verifying.push(await measure(() => verify(bench, path)))
      await rm(path)
    }
    const times = (list: readonly Measured[]) => list.map(({ milliseconds }) => milliseconds)
    const both = building.map(
      ({ milliseconds }, place) => milliseconds + (verifying[place]?.milliseconds ?? 0),
    )
    const say = (list: readonly Measured[]) =>
      list.map(({ milliseconds, cpu }) => `${sayTime(milliseconds)} (CPU ${sayTime(cpu)})`).join(', ')
    return [
      {
        name: `A bundle of ${exhibits} pictures of ${size / 1000} kB (${Math.round(packed / 1e6)} MB) against zip -0 and sha256sum, ${rounds} pairs`,
        rows: [
          `zip -0 and sha256sum  ${times(zipping).map(sayTime).join(', ')}`,
          `built                 ${say(building)}`,
          `verified              ${say(verifying)}`,
          `built and verified    ratio ${medianRatio(times(zipping), both).toFixed(2)}`,
          `taken in and read     ${(bringing.milliseconds / exhibits).toFixed(1)} ms each, CPU ${(bringing.cpu / exhibits).toFixed(1)} ms`,
          `memory of the process after building, at most ${Math.round(peak / 1024 / 1024)} MiB`,
        ],
      },
    ]
  } finally {
    await bench.close()
  }
}

/** What came with the demo was looked through before all details of the client were there; a bundle would ask for it. */
async function readDemoAgain({ clinic, caseId, personOf }: BenchClinic): Promise<void> {
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId: personOf('cyber-adviser') } as const
  const look = { caseId, part: 'evidence', mode: 'read' } as const
  const found = await withCase(clinic.database, actor, look, transaction => loadEvidence(transaction, caseId))
  for (const { item } of found?.items ?? []) await readItem(clinic, caseId, item.itemId)
}

async function bringPictures(bench: BenchClinic, folder: string): Promise<void> {
  const { clinic, caseId } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('cyber-adviser'),
  } as const
  let left = exhibits
  const bringSome = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const name = `picture-${left}.png`
      const bytes = makePicture()
      await writeFile(join(folder, name), bytes)
      const taken = await takeInEvidence(clinic, actor, caseId, {
        name,
        broughtBy: 'ABC',
        howObtained: 'bench',
        body: Readable.from([bytes]),
      })
      if (taken.kind === 'refused') throw new Error(taken.because)
      await readItem(clinic, caseId, taken.itemId)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, bringSome))
}

/** A picture of noise: nothing in it packs, and nothing in it could give anybody away. */
// Portable Network Graphics, section 5: signature, header, data, end
function makePicture(): Buffer {
  const width = 256
  const height = Math.floor((size - 200) / (1 + 3 * width))
  const rows = randomBytes(height * (1 + 3 * width))
  for (let row = 0; row < height; row += 1) rows[row * (1 + 3 * width)] = 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const around = Buffer.alloc(8)
    around.writeUInt32BE(data.length, 0)
    around.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function approve(bench: BenchClinic): Promise<BundleId> {
  const { clinic, caseId } = bench
  const asker = bench.personOf('stalking-advocate')
  const decider = bench.personOf('coordinator')
  const as = (personId: typeof asker) => ({ kind: 'person', clinicId: clinic.clinicId, personId }) as const
  const part = { caseId, part: 'bundle', mode: 'write' } as const
  const asked = await withCase(clinic.database, as(asker), part, async transaction => {
    // Something in the exhibits of the demo could give the client away; all of it goes, by choice.
    const weighed = (await weighExhibits(transaction, caseId, 'all')) ?? []
    const exhibits = Object.fromEntries(
      findOpenChoices(weighed, {}).map(({ itemId }) => [itemId, 'original' as const]),
    )
    return askForBundle(transaction, caseId, {
      purpose: 'client-copy',
      forAgency: null,
      choices: { records: 'all', note: '', exhibits },
      askedBy: asker,
      formToken: null,
    })
  })
  if (!asked?.allowed) throw new Error(`the bundle was refused: ${asked?.because}`)
  const decided = await withCase(clinic.database, as(decider), part, transaction =>
    decideBundle(transaction, caseId, asked.bundleId, { approve: true, by: decider, note: '' }),
  )
  if (!decided?.allowed) throw new Error('the bundle was not approved')
  return asked.bundleId
}

async function fetchBundle(bench: BenchClinic, bundleId: BundleId): Promise<string> {
  const { clinic, caseId } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('stalking-advocate'),
  } as const
  const opened = await openBundle(clinic, actor, caseId, bundleId)
  if (!opened) throw new Error('the bundle did not open')
  const path = join(bench.folder, opened.name)
  await pipeline(opened.body, createWriteStream(path))
  return path
}

async function verify({ clinic }: BenchClinic, path: string): Promise<void> {
  const { name, publicKey } = clinicSigner(clinic.key, clinic.clinicId)
  const bag = await openBag(path)
  try {
    const { verdict } = await verifyBundle(bag.reader, { publicKey: { name, publicKey } })
    if (verdict !== 'whole-and-proved') throw new Error(`the bundle is ${verdict}`)
  } finally {
    bag.close()
  }
}
