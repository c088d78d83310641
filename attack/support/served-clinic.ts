import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePlainProgram } from '../../scripts/plain-program.mjs'
import { buildClinic, type ClinicContext, chooseClinic, prepareContext } from '../../src/app/build-clinic.ts'
import { fillDemo, makeDemoClinic } from '../../src/app/demo/load-demo.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { readConfig } from '../../src/platform/config.ts'
import { writeNewClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'

/** A clinic of its own, served by processes of their own: an attacker does not share their time. */
export type ServedClinic = {
  /** One for each process, without a slash at the end. */
  readonly addresses: readonly string[]
  /** The same clinic, to prepare it and to look behind it. */
  readonly clinic: Clinic
  readonly ground: ClinicContext
  readonly close: () => Promise<void>
}

export async function serveClinic(
  options: {
    readonly processes?: number
    readonly filled?: boolean
    /** Added to the settings of each process. */
    readonly settings?: Readonly<Record<string, string>>
  } = {},
): Promise<ServedClinic> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-attack-'))
  // The database runs as somebody else, who would otherwise be given a place of their own that stays behind.
  await chmod(folder, 0o755)
  const settings = {
    UNWATCHED_DATA: join(folder, 'data'),
    UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
    UNWATCHED_PORT: '0',
    ...options.settings,
  }
  const answer = readConfig(settings, folder)
  if (!answer.ok) throw new Error(answer.problems.map(problem => problem.message).join(' '))
  const { config } = answer
  const key = await writeNewClinicKey(config.keyFile)
  const ground = await prepareContext(config, key, silentLog)
  const servers: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const server of servers) {
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
    }
    await ground.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await makeDemoClinic(ground, key)
    const chosen = await chooseClinic(ground, config, key)
    if (!chosen) throw new Error('the clinic was not made')
    if (options.filled) await fillDemo(ground, config, key, chosen, silentLog, () => {})
    const clinic = buildClinic(ground, config, key, chosen, silentLog)
    const groundFile = join(folder, 'ground.json')
    await writeFile(groundFile, JSON.stringify(ground), { mode: 0o600 })
    const addresses: string[] = []
    const serveOne = await makePlainProgram(join(import.meta.dirname, 'serve-one.ts'))
    for (let each = 0; each < (options.processes ?? 1); each += 1) {
      const server = fork(serveOne, {
        env: { PATH: process.env['PATH'], GROUND: groundFile, ...settings },
        execArgv: [],
      })
      servers.push(server)
      const ended = once(server, 'exit').then(() => {
        throw new Error('a server of the attack did not start')
      })
      const [address] = await Promise.race([once(server, 'message'), ended])
      ended.catch(() => {}) // it ends with the attack
      addresses.push(String(address).replace(/\/$/, ''))
    }
    return {
      addresses,
      clinic,
      ground,
      close: async () => {
        await clinic.database.close()
        await stop()
      },
    }
  } catch (cause) {
    await stop()
    throw cause
  }
}
