import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makePlainProgram } from '../scripts/plain-program.mjs'
import { deriveSecret } from '../src/platform/keys.ts'
import { prepareProgramRole } from '../src/platform/program-role.ts'
import { openBenchClinic } from './support/bench-clinic.ts'

/** Megabytes of the chats, a small one and a large one. */
const sizes = (process.env['BENCH_MEGABYTES'] ?? '20,200').split(',').map(Number)

/** How much memory reading a chat takes at most, in a process of its own: a large one may take no more than a small one. */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    const program = await makePlainProgram(join(import.meta.dirname, 'support/read-one-chat.ts'))
    const { clinicId, key, blobFolder, spoolFolder } = bench.clinic
    const orders = {
      programUrl: await prepareProgramRole(
        bench.ownerUrl,
        deriveSecret(key, 'database-program-role').toString('hex'),
      ),
      clinicId,
      caseId: bench.caseId,
      personId: bench.personOf('cyber-adviser'),
      wrapping: key.wrapping.toString('base64'),
      signing: key.signing.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      blobFolder,
      spoolFolder,
    }
    const taken: number[] = []
    for (const megabytes of sizes) {
      const env = { ...process.env, ORDERS: JSON.stringify({ ...orders, megabytes }) }
      const { stdout } = await promisify(execFile)(process.execPath, [program], { env })
      taken.push(Number(stdout) / 1024)
    }
    const rows = sizes.map(
      (megabytes, index) =>
        `${String(megabytes).padStart(4)} MB    ${taken[index]?.toFixed(0)} MiB at most, × ${((taken[index] ?? 0) / (taken[0] ?? 1)).toFixed(2)}`,
    )
    return [{ name: 'Memory of the process that takes in and reads a chat', rows }]
  } finally {
    await bench.close()
  }
}
