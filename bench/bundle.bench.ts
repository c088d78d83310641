import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, deflateSync } from 'node:zlib'
import { makePlainProgram } from '../scripts/plain-program.mjs'
import { withCase } from '../src/audit/operations/access-case.ts'
import { findOpenChoices } from '../src/bundle/exhibit-choice.ts'
import { askForBundle } from '../src/bundle/operations/ask-for-bundle.ts'
import { decideBundle } from '../src/bundle/operations/decide-bundle.ts'
import { openBundle } from '../src/bundle/operations/open-bundle.ts'
import { weighExhibits } from '../src/bundle/operations/weigh-exhibits.ts'
import { writeVerifierKey } from '../src/evidence/checkpoint-key.ts'
import { clinicSigner } from '../src/evidence/clinic-signer.ts'
import { readItem } from '../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import type { AgencyId, BundleId, CaseId } from '../src/foundation/ids.ts'
import type { Role } from '../src/identity/role.ts'
import { projectFolder } from '../test/source-files.ts'
import { openTestCase } from '../test/support/test-case.ts'
import { asOwner } from '../test/support/test-clinic.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import {
  type Measured,
  measure,
  measureProgram,
  medianRatio,
  runProgram,
  sayTime,
} from './support/measure.ts'

const exhibits = Number(process.env['UNWATCHED_BENCH_EXHIBITS'] ?? 5000)
const size = 100_000
const rounds = 3
const atOnce = 4
const unwatched = join(projectFolder, 'bin', 'unwatched.mjs')

/**
 * A bundle of 5 000 pictures of 100 kB, built in a process of its own, sealed and on the disk,
 * and then verified with the clinic's key by the command that an officer types; against `zip -0` of the same files and
 * `sha256sum` of each, in pairs. UNWATCHED_BENCH_EXHIBITS says how many instead: up to 3 000 the rows are printed as well.
 * Bringing them takes most of the time, and they are read meanwhile, as in a clinic at work.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const opened = await openBenchClinic()
  try {
    const bench = { ...opened, caseId: await openCase(opened) }
    const pictures = join(bench.folder, 'pictures')
    await mkdir(pictures)
    const keyFile = join(bench.folder, 'clinic-key.txt')
    await writeFile(keyFile, writeVerifierKey(clinicSigner(bench.clinic.key, bench.clinic.clinicId)))
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
      const built = await build(bench, bundleId)
      building.push(built)
      peak = Math.max(peak, built.memory)
      const path = await fetchBundle(bench, bundleId)
      packed = (await stat(path)).size
      verifying.push(await measureProgram(process.execPath, [unwatched, 'verify', path, '--key', keyFile]))
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
          `memory of the process that builds, at most ${Math.round(peak / 1024 / 1024)} MiB`,
        ],
      },
    ]
  } finally {
    await opened.close()
  }
}

/** A case with nothing in it but the pictures, which the agencies of those who work on it share. */
async function openCase({ clinic, ownerUrl, personOf }: BenchClinic): Promise<CaseId> {
  const agencyOf = (role: Role) =>
    asOwner(ownerUrl, async client => {
      const found = await client.query<{ agency_id: AgencyId }>(
        'select agency_id from unwatched.person where person_id = $1',
        [personOf(role)],
      )
      return found.rows[0]?.agency_id
    })
  const [lead, cyber, stalking] = [
    await agencyOf('coordinator'),
    await agencyOf('cyber-adviser'),
    await agencyOf('stalking-advocate'),
  ]
  if (!lead || !cyber || !stalking) throw new Error('somebody has no agency')
  const world = {
    clinic,
    ownerUrl,
    people: { coordinator: personOf('coordinator') },
    agencies: { lead, cyber, stalking },
  }
  return openTestCase(world, { agencies: ['lead', 'cyber', 'stalking'] })
}

async function bringPictures(bench: BenchClinic, folder: string): Promise<void> {
  const { clinic, caseId } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('cyber-adviser'),
  } as const
  let left = exhibits
  // One after another, as the queue does it: only one at a time writes the records of a case.
  let reading: Promise<unknown> = Promise.resolve()
  const bringSome = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const name = `picture-${left}.png`
      const bytes = makePicture()
      await writeFile(join(folder, name), bytes)
      const answer = await takeInEvidence(clinic, actor, caseId, {
        name,
        broughtBy: 'ABC',
        howObtained: 'bench',
        body: Readable.from([bytes]),
      })
      if (answer.kind === 'refused') throw new Error(answer.because)
      reading = reading.then(() => readItem(clinic, caseId, answer.itemId))
      reading.catch(() => {}) // told at the end
    }
  }
  await Promise.all(Array.from({ length: atOnce }, bringSome))
  await reading
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
    // Whatever could give the client away goes, by choice.
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

/** Builds it in a process of its own, and leaves out what its start takes. */
async function build(
  { caseId, folder }: BenchClinic,
  bundleId: BundleId,
): Promise<Measured & { readonly memory: number }> {
  const program = await makePlainProgram(join(import.meta.dirname, 'support', 'build-one.ts'))
  const child = fork(program, {
    execArgv: [],
    env: {
      PATH: process.env['PATH'],
      UNWATCHED_DATA: join(folder, 'data'),
      UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
      BUNDLE: JSON.stringify({ caseId, bundleId }),
    },
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the building ended with ${code}`)
  })
  ended.catch(() => {}) // it ends when it has said what it took
  const [built] = await Promise.race([once(child, 'message'), ended])
  return built as Measured & { readonly memory: number }
}
