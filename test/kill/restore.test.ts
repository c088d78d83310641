import { randomInt } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unwatched } from '../../src/cli/unwatched.ts'
import { startProgram } from '../support/running-program.ts'
import { openSecondMachine, readBlobs, readRows, type SecondMachine } from '../support/second-machine.ts'

let folder: string
let first: Awaited<ReturnType<typeof settingsOf>>
const machines: SecondMachine[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-restore-'))
})
afterAll(async () => {
  for (const machine of machines) await machine.close()
  await rm(folder, { recursive: true, force: true })
})

async function settingsOf(): Promise<{ machine: SecondMachine; settings: Record<string, string> }> {
  const machine = await openSecondMachine()
  machines.push(machine)
  const settings = {
    DATABASE_URL: machine.ownerUrl,
    UNWATCHED_DATA: machine.dataFolder,
    UNWATCHED_KEY: join(folder, 'keys', 'clinic.key'),
    UNWATCHED_PORT: '0',
  }
  return { machine, settings }
}

/** A command that is not to be killed runs in this process: it starts in no time. */
async function run(
  args: readonly string[],
  settings: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const say = (line: string): void => void said.push(line)
  const before = { ...process.env }
  Object.assign(process.env, settings)
  try {
    const code = await unwatched(args, { out: say, err: say })
    return { code, said: said.join('\n') }
  } finally {
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

const withoutActs = (rows: ReadonlyMap<string, readonly string[]>) =>
  [...rows].filter(([table]) => table !== 'unwatched.act')

test('by the commands an operator types: set up, back up, kill restores at moments nobody chose, restore, serve', {
  timeout: 240_000,
}, async () => {
  first = await settingsOf()
  const profile = join(import.meta.dirname, '../../profiles/west-kent.json')
  const made = await run(
    ['setup', '--profile', profile, '--name', 'Ada Test', '--sign-in', 'ada.test'].concat([
      '--coordinator',
      'Bea Test',
      '--coordinator-sign-in',
      'bea.test',
    ]),
    first.settings,
  )
  expect(made.code).toBe(0)
  const file = join(folder, 'clinic.backup')

  // Something to carry, so that a restore takes a moment.
  for (let blob = 0; blob < 40; blob += 1) {
    const name = blob.toString(16).padStart(32, '0')
    const place = join(first.machine.blobFolder, '00', '00')
    await mkdir(place, { recursive: true })
    await writeFile(join(place, name), Buffer.alloc(100_000, blob))
  }
  const before = await readRows(first.machine.ownerUrl)
  const backup = await run(['backup', file], first.settings)
  expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('is written.') })
  const second = await settingsOf()
  let cutOff = 0
  for (let kill = 0; kill < 2; kill += 1) {
    const restoring = startProgram(['restore', file], second.settings)
    await restoring.says(/It is whole\. Restoring/)
    await new Promise(done => setTimeout(done, kill * 200 + randomInt(200)))
    restoring.process.kill('SIGKILL')
    if ((await restoring.ended) !== 'SIGKILL') break // it was quicker
    cutOff += 1
  }
  expect(cutOff).toBeGreaterThan(0)
  const left = await readRows(second.machine.ownerUrl)
  const isDone = (left.get('unwatched.clinic')?.length ?? 0) > 0
  if (!isDone && (await readdir(second.machine.dataFolder)).includes('RESTORE-NOT-FINISHED.txt')) {
    const served = await run(['bundle', 'WK-1', '--to', folder], second.settings)
    expect(served).toMatchObject({ code: 78, said: expect.stringContaining('was cut off. Run it again') })
  }
  const last = await run(['restore', file], second.settings)
  if (isDone) expect(last.said).toContain('holds a clinic already')
  else expect(last).toMatchObject({ code: 0, said: expect.stringContaining('is restored.') })
  const after = await readRows(second.machine.ownerUrl)
  expect(withoutActs(after)).toEqual(withoutActs(before))
  expect(await readBlobs(second.machine.blobFolder)).toEqual(await readBlobs(first.machine.blobFolder))

  // That a backup was taken and brought back is in the clinic's own acts.
  const acts = (url: string) => readRows(url).then(rows => rows.get('unwatched.act')?.join('\n') ?? '')
  expect(await acts(first.machine.ownerUrl)).toContain('backup-made')
  if (!isDone) expect(await acts(second.machine.ownerUrl)).toContain('backup-restored')

  const serving = startProgram(['serve'], second.settings)
  const [, address = ''] = await serving.says(/ is open at (http:\/\/\S+)\//)
  const joinPath = /\/join\/\S+/.exec(made.said)?.[0] ?? ''
  expect((await fetch(`${address}${joinPath}`)).status).toBe(200)
  serving.process.kill('SIGTERM')
  expect(await serving.ended).toBe(0)
})

test('a backup that is killed leaves no file of the name it was to have', { timeout: 60_000 }, async () => {
  const { machine, settings } = first
  const place = join(machine.blobFolder, '00', '00')
  await mkdir(place, { recursive: true })
  await writeFile(join(place, '0000'.padEnd(32, 'f')), Buffer.alloc(200_000_000, 1))
  const kept = join(folder, 'kept')
  await mkdir(kept)
  const writing = startProgram(['backup', join(kept, 'x.backup')], settings)
  await writing.says(/Writing the backup/)
  while ((await readdir(kept)).length === 0) await new Promise(done => setTimeout(done, 5))
  writing.process.kill('SIGKILL')
  expect(await writing.ended).toBe('SIGKILL')
  const [unfinished = '', ...more] = await readdir(kept)
  expect(more).toEqual([])
  expect(unfinished).toMatch(/^x\.backup\.[0-9a-f]{8}\.unfinished$/)
  // Given the name by hand it is no backup.
  await writeFile(join(kept, 'renamed.backup'), await readFile(join(kept, unfinished)))
  const check = await run(['backup', '--check', join(kept, 'renamed.backup')], settings)
  expect(check.code).toBe(2)
})
