import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { withCase } from '../src/audit/operations/access-case.ts'
import { takeIn } from '../src/evidence/intake-stream.ts'
import { openOriginal } from '../src/evidence/operations/open-original.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import type { ItemId } from '../src/foundation/ids.ts'
import { openBlobStore } from '../src/platform/blobs.ts'
import { makeCaseKey } from '../src/platform/keys.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import {
  type Measured,
  measure,
  median,
  medianRatio,
  runProgram,
  sayTime,
  sendFile,
} from './support/measure.ts'

const megabyte = 1024 * 1024
const size = 1024 * megabyte
const rounds = 3
const exhibits = 200

/**
 * Intake of 1 GiB against `openssl dgst -sha256` of the same file, in pairs: digest, seal, store and sync alone, and the
 * whole of it through a browser's form with custody and receipt. Then exhibits of 100 kB, one after another.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    return [await compareLarge(bench), await measureSmall(bench)]
  } finally {
    await bench.close()
  }
}

async function compareLarge(bench: BenchClinic): Promise<{ name: string; rows: string[] }> {
  const { clinic, caseId, address, folder } = bench
  const visitor = await bench.signIn('cyber-adviser')
  const owner = { clinicId: clinic.clinicId, caseId, caseKey: makeCaseKey() }
  const path = join(folder, 'original')
  const [digesting, storing, taking]: [Measured[], Measured[], Measured[]] = [[], [], []]
  let peak = 0
  for (let round = 0; round < rounds; round += 1) {
    await writeRandom(path, size)
    const digest = () => runProgram('openssl', ['dgst', '-sha256', path])
    digesting.push(await measure(digest))
    const store = join(folder, 'blobs')
    storing.push(
      await measure(async () => {
        const source = createReadStream(path, { highWaterMark: megabyte })
        const intake = await takeIn(source, { blobs: openBlobStore(store), owner, limit: size })
        if (!intake.taken) throw new Error(`the intake was refused: ${intake.reason}`)
        await intake.draft.keep()
      }),
    )
    await rm(store, { recursive: true })
    const form = { 'brought-by': 'ABC', 'how-obtained': 'bench' }
    taking.push(await measure(() => sendFile(`${address}/cases/${caseId}/evidence`, visitor, form, path)))
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const times = (list: readonly Measured[]) => list.map(each => each.milliseconds)
  const say = (list: readonly Measured[]) =>
    `${sayTime(median(times(list)))}, ${Math.round((size / megabyte / median(times(list))) * 1000)} MiB/s`
  const sayRatio = (list: readonly Measured[]) =>
    `ratio ${medianRatio(times(digesting), times(list)).toFixed(2)}, CPU ${median(list.map(each => each.cpu)).toFixed(0)} ms`
  return {
    name: `Intake of 1 GiB against openssl dgst -sha256 of the same file, ${rounds} pairs`,
    rows: [
      `openssl                              ${say(digesting)}`,
      `digest, seal, store, sync            ${say(storing)}, ${sayRatio(storing)}`,
      `through HTTP, with custody, receipt  ${say(taking)}, ${sayRatio(taking)}`,
      `memory of the serving process after a round, at most ${Math.round(peak / megabyte)} MiB`,
    ],
  }
}

async function measureSmall(bench: BenchClinic): Promise<{ name: string; rows: string[] }> {
  const { clinic, caseId } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('cyber-adviser'),
  } as const
  const itemIds: ItemId[] = []
  const taking = await measure(async () => {
    for (let number = 0; number < exhibits; number += 1) {
      const taken = await takeInEvidence(clinic, actor, caseId, {
        name: `picture ${number}.bin`,
        broughtBy: 'ABC',
        howObtained: 'bench',
        body: Readable.from([randomBytes(100_000)]),
      })
      if (taken.kind === 'refused') throw new Error(taken.because)
      itemIds.push(taken.itemId)
    }
  })
  const opening = await measure(async () => {
    for (const itemId of itemIds) {
      const opened = await openOriginal(
        clinic,
        work => withCase(clinic.database, actor, { caseId, part: 'evidence', mode: 'read' }, work),
        caseId,
        itemId,
      )
      if (!opened) throw new Error('an exhibit did not open')
      for await (const _part of opened.body) {
        // given to nobody
      }
    }
  })
  const each = ({ milliseconds, cpu }: Measured) =>
    `${(milliseconds / exhibits).toFixed(1)} ms each, CPU ${(cpu / exhibits).toFixed(1)} ms`
  return {
    name: `${exhibits} exhibits of 100 kB, one after another`,
    rows: [`taken in                 ${each(taking)}`, `opened, with custody     ${each(opening)}`],
  }
}

async function writeRandom(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w')
  const chunk = randomBytes(16 * megabyte)
  for (let written = 0; written < bytes; written += chunk.length) {
    chunk.writeUInt32LE(written / chunk.length, 0) // no two parts alike, so no file system can share them
    await file.writeFile(chunk)
  }
  await file.sync()
  await file.close()
}
