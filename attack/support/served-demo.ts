import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningProgram, startProgram } from '../../test/support/running-program.ts'

/** The demo clinic, served by the real program in a process of its own, as an attacker meets it. */
export type ServedDemo = {
  /** Without a slash at the end. */
  readonly address: string
  readonly program: RunningProgram
  readonly dataFolder: string
  /** The path of the single-use link that was printed for a role, such as "Call handler". */
  readonly demoLink: (role: string) => string
  readonly stop: () => Promise<void>
}

/** How an attack has the pages answered: in two processes, so that what they share is attacked too. */
const inTwo = { UNWATCHED_PROCESSES: '2' }

/** The demo as attackers meet it: in two processes, or in as many as UNWATCHED_PROCESSES says. */
export function serveAttacked(): Promise<ServedDemo> {
  const wanted = process.env['UNWATCHED_PROCESSES']
  return serveDemo(wanted ? { UNWATCHED_PROCESSES: wanted } : inTwo)
}

/**
 * Starts it on a free port over a new folder, and waits until it has done the work that the demo itself brings;
 * `settings` are added to those of the program.
 */
export async function serveDemo(settings: Readonly<Record<string, string>> = {}): Promise<ServedDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-attack-'))
  await chmod(folder, 0o755)
  const dataFolder = join(folder, 'data')
  await mkdir(dataFolder, { mode: 0o755 })
  const metrics = await findFreePort()
  const program = startProgram(['serve', '--demo'], {
    UNWATCHED_DATA: dataFolder,
    UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
    UNWATCHED_PORT: '0',
    UNWATCHED_METRICS_PORT: String(metrics),
    ...settings,
  })
  const [, address = ''] = await program.says(/ is open at (http:\/\/\S+)\//)
  await program.says(/To stop: press Ctrl-C here/)
  for (let look = 0; look < 240 && !(await isIdle(metrics)); look += 1)
    await new Promise(done => setTimeout(done, 500))
  return {
    address,
    program,
    dataFolder,
    demoLink: role => {
      const line = program
        .said()
        .split('\n')
        .find(each => each.toLowerCase().includes(`  ${role.toLowerCase()},`))
      const path = /(\/demo-sign-in\/\S+)/.exec(line ?? '')?.[1]
      if (path === undefined) throw new Error(`no link was printed for ${role}`)
      return path
    },
    stop: async () => {
      program.process.kill('SIGTERM')
      const late = setTimeout(() => program.process.kill('SIGKILL'), 20_000)
      await program.ended
      clearTimeout(late)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function isIdle(port: number): Promise<boolean> {
  const figures = await fetch(`http://127.0.0.1:${port}/metrics`).then(
    answer => answer.text(),
    () => '',
  )
  return figures.includes('{state="waiting"} 0') && figures.includes('{state="working"} 0')
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  server.close()
  await once(server, 'close')
  return port
}
