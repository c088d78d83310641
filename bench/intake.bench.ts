import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { takeIn } from '../src/evidence/intake-stream.ts'
import { type CaseId, type ClinicId, makeId } from '../src/foundation/ids.ts'
import { openBlobStore } from '../src/platform/blobs.ts'
import { makeCaseKey } from '../src/platform/keys.ts'

const megabyte = 1024 * 1024

/**
 * Intake (digest, seal, store and sync) of 1 GiB from a file on the disk, against `openssl dgst -sha256` of the same
 * file. Three rounds, one after the other; the median of each.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const size = 1024 * megabyte
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-bench-'))
  try {
    const path = join(folder, 'original')
    await writeRandom(path, size)
    const now = new Date()
    const owner = { clinicId: makeId<ClinicId>(now), caseId: makeId<CaseId>(now), caseKey: makeCaseKey() }
    const digesting: number[] = []
    const taking: number[] = []
    let peak = 0
    for (let round = 0; round < 3; round += 1) {
      digesting.push(await timeOf(() => promisify(execFile)('openssl', ['dgst', '-sha256', path])))
      const store = join(folder, `blobs-${round}`)
      taking.push(
        await timeOf(async () => {
          const source = createReadStream(path, { highWaterMark: megabyte })
          const intake = await takeIn(source, { blobs: openBlobStore(store), owner, limit: size })
          if (!intake.taken) throw new Error(`the intake was refused: ${intake.reason}`)
        }),
      )
      peak = Math.max(peak, process.memoryUsage().rss)
      await rm(store, { recursive: true })
    }
    const digest = median(digesting)
    const intake = median(taking)
    return [
      {
        name: 'Intake of 1 GiB (digest, seal, store, sync) against openssl dgst -sha256 of the same file',
        rows: [
          `openssl    ${say(digest, size)}`,
          `intake     ${say(intake, size)}, ratio ${(digest / intake).toFixed(2)}`,
          `memory of the whole process after a round, at most ${Math.round(peak / megabyte)} MiB`,
        ],
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeRandom(path: string, size: number): Promise<void> {
  const file = await open(path, 'wx')
  const chunk = randomBytes(16 * megabyte)
  for (let written = 0; written < size; written += chunk.length) {
    chunk.writeUInt32LE(written / chunk.length, 0) // no two parts alike, so no file system can share them
    await file.writeFile(chunk)
  }
  await file.sync()
  await file.close()
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

function say(milliseconds: number, bytes: number): string {
  const seconds = milliseconds / 1000
  return `${seconds.toFixed(2)} s, ${Math.round(bytes / megabyte / seconds)} MiB/s`
}
