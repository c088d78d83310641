import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import about from '../package.json' with { type: 'json' }
import { writeVerifierKey } from '../src/evidence/checkpoint-key.ts'
import { projectFolder } from './source-files.ts'
import { asOrdinary, makeOrdinaryRole } from './support/ordinary-owner.ts'
import { freePort, startProgram } from './support/running-program.ts'
import { makeSampleBundle } from './support/sample-bundle.ts'
import { asOwner } from './support/test-clinic.ts'

/** A folder of somebody who installed the package: what was packed, and beside it the libraries of production alone. */
const stranger = mkdtempSync(join(tmpdir(), 'stranger-'))
const modules = join(stranger, 'node_modules')
const installed = join(modules, 'unwatched')
afterAll(() => rmSync(stranger, { recursive: true, force: true }))

/** The names by which the code of the package can be had. */
const names = Object.keys(about.exports)
  .filter(name => !name.endsWith('.json'))
  .map(name => name.replace('.', 'unwatched'))

function link(name: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true })
  symlinkSync(join(projectFolder, 'node_modules', name), join(modules, name))
}

function run(program: string, ...args: string[]): string {
  return execFileSync(process.execPath, [program, ...args], { cwd: stranger, encoding: 'utf8' })
}

beforeAll(() => {
  // The global set-up has built it.
  const args = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', stranger]
  const said = execFileSync('npm', args, { cwd: projectFolder, encoding: 'utf8' })
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(stranger, said.trim()), '-C', installed, '--strip-components=1'])
  for (const name of Object.keys(about.dependencies)) link(name)
  writeFileSync(join(stranger, 'package.json'), '{ "type": "module" }')
})

test('what is packed is what a clinic installs: nothing to build it with, none of its tests, each font once', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
  expect(
    files.filter(file => /\.test\.|\.scss$|tsconfig|(?<!\.d)\.ts$|fixtures|node_modules/.test(file)),
  ).toEqual([])
  const fonts = files.filter(file => file.endsWith('.ttf'))
  expect(fonts).toHaveLength(10)
  const licences = files.filter(file => /fonts\/.*LICENSE\.txt$/.test(file))
  expect(licences).toHaveLength(9)
  for (const file of ['LICENSE', 'bin/unwatched.mjs', 'deploy/unwatched.service', 'docs/operate.md'])
    expect(files, file).toContain(file)
})

test('what runs is built: nothing that is packed asks for a compiler, and every program it starts is there', () => {
  const code = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(js|mjs|html)$/.test(file))
    .map(file => ({ file, text: readFileSync(join(installed, file), 'utf8') }))
  expect(code.length).toBeGreaterThan(500)
  const asks = code.filter(({ text }) =>
    /['"/]tsx['"/]|from ['"](?:sass|esbuild|typescript)['"]|--import/.test(text),
  )
  expect(asks.map(({ file }) => file)).toEqual([])
  const started = code.flatMap(({ text }) => [...text.matchAll(/'(?:\.\.\/)+(dist\/[\w/.-]+)'/g)])
  expect(started.length).toBeGreaterThan(2)
  for (const [, path = ''] of started) expect(existsSync(join(installed, path)), path).toBe(true)
})

test('a stranger imports every name of the package in plain Node, without tsx', () => {
  const program = join(stranger, 'imports.js')
  const lines = names.map(
    name => `console.log(${JSON.stringify(name)}, Object.keys(await import('${name}')).length)`,
  )
  writeFileSync(program, `${lines.join('\n')}\nprocess.exit()\n`)
  expect(
    run(program)
      .trim()
      .split('\n')
      .map(line => line.split(' ')[0]),
  ).toEqual(names)
  expect(existsSync(join(modules, 'tsx'))).toBe(false)
})

test('a stranger solves a map, reads a chat and checks a bundle', async () => {
  const sample = makeSampleBundle()
  writeFileSync(join(stranger, 'bundle.zip'), await buffer(sample.build()))
  writeFileSync(join(stranger, 'clinic.pub'), writeVerifierKey(sample.input.clinicKey))
  const program = join(stranger, 'uses.js')
  writeFileSync(
    program,
    `
import { readFileSync } from 'node:fs'
import { openAccessMap } from 'unwatched/access-map'
import { findLeaks } from 'unwatched/access-map/leak-finder'
import { readLeaks } from 'unwatched/access-map/read-leaks'
import { openBag } from 'unwatched/bundle/open-bag'
import { verifyBundle } from 'unwatched/bundle/verify'
import { parseVerifierKey } from 'unwatched/bundle/verifier-key'
import { findDuplicates } from 'unwatched/chronology/duplicates'
import { readEvidence } from 'unwatched/importers'

const examples = 'node_modules/unwatched/docs/examples/'
const opened = openAccessMap(readFileSync(examples + 'fairweather.json', 'utf8'))
const plan = await opened.plan()
await opened.end()
console.log(plan.status, plan.cost)
const leaks = readLeaks(readFileSync(examples + 'fairweather-leaks.json', 'utf8'))
console.log(leaks.ok, findLeaks(leaks.leaks).sources.length > 0)
const bag = await openBag('bundle.zip')
const publicKey = parseVerifierKey(readFileSync('clinic.pub', 'utf8'))
console.log((await verifyBundle(bag.reader, { publicKey })).verdict)
bag.close()
const chat = Buffer.from('24/03/2026, 18:05 - Sam: hello\\n24/03/2026, 18:06 - Alex: hello\\n')
const source = {
  name: 'chat.txt',
  size: chat.length,
  open: async function* () { yield chat },
}
let records = 0
for await (const step of readEvidence(source, { zone: 'Europe/London' })) records += step.step === 'records' ? step.records.length : 0
console.log(records)
console.log(findDuplicates([]).length)
`,
  )
  expect(run(program)).toBe('optimal 48\ntrue true\nwhole-and-proved\n2\n0\n')
})

test('a stranger has types for every name, as strict as ours and with every declaration checked', () => {
  link('@types/node')
  link('undici-types')
  const imports = names.map(
    (name, index) => `import * as part${index} from '${name}'\nexport { part${index} }\n`,
  )
  writeFileSync(
    join(stranger, 'types.ts'),
    `import { openAccessMap } from 'unwatched/access-map'
${imports.join('')}
const opened = openAccessMap('{}')
// @ts-expect-error a file that cannot be used has no plan
opened.plan()
if (opened.ok) {
  const plan = await opened.plan()
  export const cost: number | null = plan.cost
  // @ts-expect-error a status is one of a few words
  if (plan.status === 'perfect') console.log(cost)
}
`.replace('  export const', '  const'),
  )
  const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }
  writeFileSync(
    join(stranger, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        ...options,
        skipLibCheck: false,
        module: 'nodenext',
        target: 'ES2023',
        types: ['node'],
        noEmit: true,
      },
      files: ['types.ts'],
    }),
  )
  expect(run(join(projectFolder, 'node_modules/typescript/bin/tsc'), '-p', stranger)).toBe('')
})

test('a clinic is made and served by what was packed, over a database of its own, with no library but those of production', async () => {
  const server = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  const database = `packed_${process.pid}`
  const owner = `owner_of_${database}`
  await makeOrdinaryRole(server, owner)
  await asOwner(server, client => client.query(`create database ${database} owner ${owner}`))
  const url = new URL(server)
  url.pathname = database
  const data = join(stranger, 'data')
  mkdirSync(data)
  const settings = {
    DATABASE_URL: asOrdinary(url.toString(), owner),
    UNWATCHED_DATA: data,
    UNWATCHED_KEY: join(stranger, 'key', 'clinic.key'),
    UNWATCHED_PORT: String(await freePort()),
  }
  const profile = join(installed, 'profiles/west-kent.json')
  const people = ['--name', 'Ada Test', '--sign-in', 'ada.test', '--coordinator', 'Bea Test']
  const args = ['setup', '--profile', profile, ...people, '--coordinator-sign-in', 'bea.test']
  try {
    const made = startProgram(args, settings, {}, installed)
    expect(await made.ended, made.said()).toBe(0)
    const serving = startProgram(['serve'], settings, {}, installed)
    const [, address = ''] = await serving.says(/ is open at (http:\/\/\S+)\//)
    expect((await fetch(`${address}/health`)).status).toBe(200)
    expect(await (await fetch(`${address}/plain/style.css`)).text()).toContain('.govuk-button')
    serving.process.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
  } finally {
    await asOwner(server, client => client.query(`drop database if exists ${database} with (force)`))
  }
}, 120_000)

test('where no PostgreSQL was installed with it, it says so in plain words', async () => {
  const data = join(stranger, 'data-without')
  mkdirSync(data)
  const settings = { UNWATCHED_DATA: data, UNWATCHED_KEY: join(stranger, 'key-without', 'clinic.key') }
  const serving = startProgram(['serve', '--demo'], settings, {}, installed)
  expect(await serving.ended).toBe(78)
  expect(serving.said()).toContain('No PostgreSQL comes with this installation.')
  expect(readFileSync(join(installed, 'docs/operate.md'), 'utf8')).toContain('DATABASE_URL')
})
