import { execFileSync } from 'node:child_process'
import { lstatSync, realpathSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import about from '../../package.json' with { type: 'json' }
import { projectFolder } from '../../test/source-files.ts'
import { Fault } from '../platform/fault.ts'
import { explainFault } from './explain-fault.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import { unwatched } from './unwatched.ts'

const commands = [
  'serve',
  'setup',
  'profile',
  'invite-coordinator',
  'migrate',
  'backup',
  'restore',
  'read',
  'import',
  'bundle',
  'verify',
  'map',
]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await unwatched(args, { out: line => void out.push(line), err: line => void err.push(line) })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('without a command, or with one that is not there, the commands are named and the answer is 64', async () => {
  const none = await run()
  expect(none.code).toBe(64)
  for (const command of commands) expect(none.out).toContain(command)
  const unknown = await run('serf')
  expect(unknown).toMatchObject({ code: 64, out: '' })
  expect(unknown.err).toContain('There is no command “serf”')
  for (const command of commands) expect(unknown.err).toContain(command)
  expect(await run('constructor')).toMatchObject({ code: 64 })
})

test('help and the version are answers, not faults', async () => {
  expect((await run('--help')).code).toBe(0)
  expect((await run('help')).out).toContain('unwatched COMMAND --help')
  expect(await run('--version')).toMatchObject({ code: 0, out: about.version })
})

test('a flag that is not known is named, and nothing is done', async () => {
  for (const command of [
    'serve',
    'setup',
    'profile',
    'invite-coordinator',
    'migrate',
    'backup',
    'restore',
    'import',
    'bundle',
    'map',
  ]) {
    const answer = await run(command, '--frobnicate')
    expect(answer.code, command).toBe(64)
    expect(answer.err, command).toContain('--frobnicate')
    expect(answer.err, command).toContain(`Usage: unwatched ${command}`)
  }
})

test('what a command cannot do without is asked for, all at once', async () => {
  expect(await run('setup')).toMatchObject({
    code: 64,
    err: 'Missing: --profile, --name, --sign-in, --coordinator, --coordinator-sign-in. unwatched setup --help explains them.',
  })
  expect(await run('invite-coordinator', '--name', 'Bea Test')).toMatchObject({
    code: 64,
    err: 'Missing: --sign-in. unwatched invite-coordinator --help explains them.',
  })
  expect(await run('invite-coordinator', '--name', 'Bea Test', '--sign-in', 'b')).toMatchObject({
    code: 64,
    err: 'The coordinator: Sign-in name must be between 3 and 200 characters.',
  })
  expect((await run('import', 'WK-1')).code).toBe(64)
  expect((await run('bundle')).code).toBe(64)
  for (const command of ['backup', 'restore']) {
    expect(await run(command)).toMatchObject({
      code: 64,
      err: `Give one file. unwatched ${command} --help explains it.`,
    })
    expect((await run(command, 'one', 'two')).code).toBe(64)
  }
  const order = await run(
    'import',
    'WK-1',
    'f',
    '--brought-by',
    'AB',
    '--how',
    'h',
    '--date-order',
    'sideways',
  )
  expect(order.err).toContain('--date-order must be day-first or month-first, and is “sideways”')
  const missing = join(folder, 'not-there.txt')
  expect(await run('import', 'WK-1', missing, '--brought-by', 'AB', '--how', 'h')).toMatchObject({
    code: 2,
    err: `${missing} is not there.`,
  })
  expect(await run('import', 'WK-1', folder, '--brought-by', 'AB', '--how', 'h')).toMatchObject({
    code: 2,
    err: `${folder} is not a file.`,
  })
  expect((await run('bundle', 'WK-1', '--to', missing)).err).toContain('is not a folder')
})

test('everything wrong with a profile is listed, and no key or clinic is made', async () => {
  const setup = (path: string, coordinator = 'bea') => {
    const people = ['--name', 'Ada Test', '--sign-in', 'ada', '--coordinator', 'Bea Test']
    return run('setup', '--profile', path, ...people, '--coordinator-sign-in', coordinator)
  }
  expect(await setup(join(folder, 'none.json'), ' ADA')).toMatchObject({
    code: 64,
    err: 'The administrator and the coordinator must be two people, each with a sign-in name of their own.',
  })
  expect((await setup(join(folder, 'none.json'))).err).toContain('none.json is not there')
  expect((await setup(folder)).err).toContain('is a folder')
  const path = join(folder, 'profile.json')
  await writeFile(path, '{"slug": ')
  expect((await setup(path)).err).toContain('is not JSON')
  const good = JSON.parse(await readFile(join(projectFolder, 'profiles/west-kent.json'), 'utf8'))
  await writeFile(path, JSON.stringify({ ...good, slug: 'Not A Slug', timeZone: 'Mars/Base', agencies: [] }))
  const bad = await setup(path)
  expect(bad.code).not.toBe(0)
  expect(bad.out).toBe('')
  for (const wrong of ['slug', 'timeZone', 'agencies']) expect(bad.err).toContain(wrong)
})

test('each fault has its exit code, and an unforeseen one says nothing of what it held', () => {
  const explain = (fault: unknown): { code: number; said: string } => {
    const said: string[] = []
    const code = explainFault(fault, { out: () => {}, err: line => void said.push(line) })
    return { code, said: said.join('\n') }
  }
  for (const code of [
    'port-taken',
    'wrong-key',
    'key-missing',
    'database-newer',
    'already-running',
    'backup-first',
  ] as const) {
    expect(explain(new Fault(code, 'The words.'))).toEqual({ code: 78, said: 'The words.' })
  }
  expect(explain(new Fault('backup-altered', 'The words.')).code).toBe(2)
  expect(explain(new Fault('database-not-empty', 'The words.')).code).toBe(1)
  expect(explain(new Fault('disk-full', 'The disk is full.')).code).toBe(70)
  const unforeseen = explain(Object.assign(new Error('Lena Fiction 07700 900123'), { code: '22P02' }))
  expect(unforeseen.code).toBe(70)
  expect(unforeseen.said).toContain('(22P02)')
  expect(unforeseen.said).not.toContain('Lena')
})

test('every setting that is wrong is printed on a line of its own', () => {
  const said: string[] = []
  const problems = [
    { setting: 'UNWATCHED_PORT', message: 'must be a number.' },
    { setting: 'UNWATCHED_KEY', message: 'lies inside.' },
  ]
  expect(reportConfigProblems(problems, { out: () => {}, err: line => void said.push(line) })).toBe(78)
  expect(said).toEqual([
    'Unwatched cannot start. 2 settings are missing or wrong:',
    '  UNWATCHED_PORT must be a number.',
    '  UNWATCHED_KEY lies inside.',
    'docs/operate.md explains each setting.',
  ])
})

test('from a shell, by the name npx finds, every command explains its flags', async () => {
  // scripts/prepare.mjs made the link before the first test ran.
  const link = join(projectFolder, 'node_modules', '.bin', 'unwatched')
  expect(lstatSync(link).isSymbolicLink() || process.platform === 'win32').toBe(true)
  expect(realpathSync(link)).toBe(join(projectFolder, 'bin', 'unwatched.mjs'))
  expect(execFileSync(link, ['--version'], { encoding: 'utf8', cwd: folder })).toBe(`${about.version}\n`)
  const flags: Record<string, readonly string[]> = {
    serve: ['--demo'],
    setup: ['--profile', '--name', '--sign-in', '--coordinator', '--coordinator-sign-in', '--new-link'],
    'invite-coordinator': ['--name', '--sign-in'],
    'invite-administrator': ['--name', '--sign-in'],
    migrate: [],
    backup: ['--check'],
    restore: [],
    import: ['--brought-by', '--how', '--zone', '--date-order'],
    bundle: ['--to'],
    map: ['--level', '--json', '--seconds'],
  }
  for (const [command, named] of Object.entries(flags)) {
    const answer = await run(command, '--help')
    expect(answer.code, command).toBe(0)
    expect(answer.out, command).toContain(`Usage: unwatched ${command}`)
    for (const flag of named) expect(answer.out, command).toContain(flag)
  }
  // These two write to their own streams.
  for (const [command, named] of [
    ['read', ['--json']],
    ['verify', ['--key', '--receipt', '--bag', '--json']],
  ] as const) {
    const said = execFileSync(link, [command, '--help'], { encoding: 'utf8' })
    for (const flag of named) expect(said, command).toContain(flag)
  }
})
