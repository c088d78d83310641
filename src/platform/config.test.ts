import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anyText } from '../../test/support/any-text.ts'
import { readConfig } from './config.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-config-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function problemsOf(env: Record<string, string>): Record<string, string> {
  const answer = readConfig(env, folder)
  return answer.ok
    ? {}
    : Object.fromEntries(answer.problems.map(problem => [problem.setting, problem.message]))
}

test('with nothing set, the clinic is served on this machine alone, from a folder beside the key', () => {
  const answer = readConfig({}, folder)
  expect(answer.ok && answer.config).toMatchObject({
    databaseUrl: null,
    dataFolder: join(folder, 'data'),
    keyFile: join(folder, 'keys', 'clinic.key'),
    host: '127.0.0.1',
    port: 3000,
    isLoopback: true,
    behindTls: false,
    processes: null,
    metricsPort: null,
    indicatorFolder: null,
    clinicSlug: null,
    mostRecords: {},
  })
})

test('a setting that is misspelt is named with the one that was meant, and none passes for not set', () => {
  expect(
    problemsOf({
      UNWATCHED_BEHIND_TSL: 'yes',
      unwatched_port: '3000',
      UNWATCHED_SMPT_URL: 'smtp://localhost',
      DATABASE_URI: 'postgres://somewhere/else',
      UNWATCHED_COLOUR_OF_THE_DOOR: 'green',
      DATABASE_CLEANER_URL: 'another program’s',
      UNRELATED: 'yes',
    }),
  ).toEqual({
    UNWATCHED_BEHIND_TSL: 'is not a setting of this program. Did you mean UNWATCHED_BEHIND_TLS?',
    unwatched_port: 'is not a setting of this program. Did you mean UNWATCHED_PORT?',
    UNWATCHED_SMPT_URL: 'is not a setting of this program. Did you mean UNWATCHED_SMTP_URL?',
    DATABASE_URI: 'is not a setting of this program. Did you mean DATABASE_URL?',
    UNWATCHED_COLOUR_OF_THE_DOOR:
      'is not a setting of this program. docs/operate.md lists them all. Take it out.',
  })
})

test('pages are answered in one process or in up to sixteen', () => {
  for (const value of ['0', '17', '2.5', 'two', '-1', '100'])
    expect(problemsOf({ UNWATCHED_PROCESSES: value }), value).toEqual({
      UNWATCHED_PROCESSES: `must be a number from 1 to 16, and is “${value}”.`,
    })
  const answer = readConfig({ UNWATCHED_PROCESSES: '4' }, folder)
  expect(answer.ok && answer.config.processes).toBe(4)
})

test('somebody to be written to needs mail to be written by', () => {
  expect(problemsOf({ UNWATCHED_OPERATOR_MAIL: 'someone@example.org' })).toHaveProperty(
    'UNWATCHED_OPERATOR_MAIL',
  )
  expect(
    problemsOf({
      UNWATCHED_OPERATOR_MAIL: 'someone@example.org',
      UNWATCHED_SMTP_URL: 'smtp://localhost',
      UNWATCHED_MAIL_FROM: 'desk@example.org',
    }),
  ).toEqual({})
})

test('everything that is wrong is listed at once, each in its own words', async () => {
  await writeFile(join(folder, 'a-file'), '')
  const problems = problemsOf({
    DATABASE_URL: 'mysql://somewhere/else',
    UNWATCHED_DATA: join(folder, 'a-file', 'data'),
    UNWATCHED_KEY: join(folder, 'a-file', 'data', 'clinic.key'),
    UNWATCHED_HOST: '0.0.0.0',
    UNWATCHED_PORT: 'three thousand',
    UNWATCHED_BEHIND_TLS: 'perhaps',
    UNWATCHED_TRUST_PROXY: 'constructor',
    UNWATCHED_LEAVE_TO: 'http://weather.example',
    UNWATCHED_CASE_RECORDS: 'a million',
  })
  expect(Object.keys(problems).sort()).toEqual([
    'DATABASE_URL',
    'UNWATCHED_BEHIND_TLS',
    'UNWATCHED_CASE_RECORDS',
    'UNWATCHED_DATA',
    'UNWATCHED_HOST',
    'UNWATCHED_KEY',
    'UNWATCHED_LEAVE_TO',
    'UNWATCHED_PORT',
    'UNWATCHED_TRUST_PROXY',
  ])
  expect(new Set(Object.values(problems).map(message => message.replace(/“.*”/, ''))).size).toBe(8) // two are yes or no
})

test('each wrong setting has an answer somebody can act on', () => {
  const check = (env: Record<string, string>, setting: string, words: RegExp): void =>
    expect(problemsOf(env)[setting] ?? `${setting}: no complaint`).toMatch(words)
  check({ DATABASE_URL: 'localhost' }, 'DATABASE_URL', /postgres:\/\/user:password@host/)
  check({ DATABASE_PROGRAM_URL: 'postgres://a@b/c' }, 'DATABASE_PROGRAM_URL', /but DATABASE_URL is not/)
  check({ UNWATCHED_PORT: '65536' }, 'UNWATCHED_PORT', /from 0 to 65535, and is “65536”/)
  check({ UNWATCHED_PORT: '-1' }, 'UNWATCHED_PORT', /“-1”/)
  check({ UNWATCHED_PORT: '1e3' }, 'UNWATCHED_PORT', /“1e3”/)
  check({ UNWATCHED_METRICS_PORT: 'x' }, 'UNWATCHED_METRICS_PORT', /from 0 to 65535, and is “x”/)
  check({ UNWATCHED_METRICS_PORT: '3000' }, 'UNWATCHED_METRICS_PORT', /must not be the port/)
  check({ UNWATCHED_FILE_RECORDS: '999' }, 'UNWATCHED_FILE_RECORDS', /from 1000 to 999999999, and is “999”/)
  check({ UNWATCHED_BEHIND_TLS: 'ja' }, 'UNWATCHED_BEHIND_TLS', /must be yes or no, and is “ja”/)
  check({ UNWATCHED_HOST: '192.0.2.1' }, 'UNWATCHED_HOST', /which other machines can reach/)
  check({ UNWATCHED_LEAVE_TO: 'weather' }, 'UNWATCHED_LEAVE_TO', /begin with https/)
})

test('a name that merely begins with 127 is not this machine', () => {
  expect(problemsOf({ UNWATCHED_HOST: '127.0.0.1.example.org' })).toHaveProperty('UNWATCHED_HOST')
  expect(problemsOf({ UNWATCHED_HOST: '127.0.0.2' })).toEqual({})
  expect(problemsOf({ UNWATCHED_HOST: '::1' })).toEqual({})
  expect(problemsOf({ UNWATCHED_HOST: '0.0.0.0', UNWATCHED_BEHIND_TLS: 'yes' })).toEqual({})
})

test('a data directory that is a file, or lies below one, is refused', async () => {
  await writeFile(join(folder, 'a-file'), '')
  expect(problemsOf({ UNWATCHED_DATA: 'a-file' })['UNWATCHED_DATA']).toContain('part of that path is a file')
  expect(problemsOf({ UNWATCHED_DATA: 'a-file/data' })['UNWATCHED_DATA']).toContain('is a file')
})

test('S8: a key inside the data directory is refused, also through a link and before it is there', async () => {
  await mkdir(join(folder, 'real', 'data'), { recursive: true })
  await symlink(join(folder, 'real'), join(folder, 'linked'))
  const data = join(folder, 'real', 'data')
  const refused = (keyFile: string, dataFolder = data): boolean =>
    'UNWATCHED_KEY' in problemsOf({ UNWATCHED_DATA: dataFolder, UNWATCHED_KEY: keyFile })
  expect(refused(join(data, 'clinic.key'))).toBe(true)
  expect(refused(join(data, 'deep', 'er', 'clinic.key'))).toBe(true)
  expect(refused(data)).toBe(true)
  expect(refused(join(folder, 'linked', 'data', 'clinic.key'))).toBe(true)
  expect(refused(join(data, 'clinic.key'), join(folder, 'linked', 'data'))).toBe(true)
  expect(refused(join(folder, 'real', 'clinic.key'))).toBe(false)
  expect(refused(join(folder, 'real', 'data-of-another', 'clinic.key'))).toBe(false)
})

test('whatever the settings say, the answer is a configuration or a list of what is wrong, never a fault', () => {
  const settings = [
    'DATABASE_URL',
    'DATABASE_PROGRAM_URL',
    'UNWATCHED_KEY',
    'UNWATCHED_HOST',
    'UNWATCHED_PORT',
    'UNWATCHED_BEHIND_TLS',
    'UNWATCHED_TRUST_PROXY',
    'UNWATCHED_LEAVE_TO',
    'UNWATCHED_CLINIC',
  ]
  const odd = fc.oneof(
    anyText({ maxLength: 60 }),
    fc.webUrl(),
    fc.constantFrom('__proto__', 'toString', '..', '/', '\0', 'postgres://', 'https://', '99999', ' yes '),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...settings), odd), env => {
      const answer = readConfig(env, folder)
      if (answer.ok) {
        expect(typeof answer.config.behindTls).toBe('boolean')
        expect(answer.config.isLoopback || answer.config.behindTls).toBe(true)
      } else expect(answer.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
})

test('a data directory of any name is used or refused, never a fault', () => {
  // Below a file, so that no run leaves folders anywhere.
  fc.assert(
    fc.property(anyText({ maxLength: 300 }), name => {
      const answer = readConfig({ UNWATCHED_DATA: `/dev/null/${name}` }, folder)
      expect(answer.ok ? [] : answer.problems.map(problem => problem.setting)).toContain('UNWATCHED_DATA')
    }),
    { numRuns: 200 },
  )
})

test('mail is set whole or not at all, and whatever is wrong with it is told before anything is sent', () => {
  const smtp = 'smtp://post:a%40b@mail.example.org:587'
  const from = 'appointments@example.org'
  const good = readConfig({ UNWATCHED_SMTP_URL: smtp, UNWATCHED_MAIL_FROM: from }, folder)
  expect(good.ok && good.config.mail).toEqual({
    host: 'mail.example.org',
    port: 587,
    implicitTls: false,
    demandTls: true,
    user: 'post',
    password: 'a@b',
    from,
  })
  const check = (address: string, sender: string, setting: string, words: RegExp) =>
    expect(problemsOf({ UNWATCHED_SMTP_URL: address, UNWATCHED_MAIL_FROM: sender })).toEqual({
      [setting]: expect.stringMatching(words),
    })
  check(smtp, '', 'UNWATCHED_MAIL_FROM', /is not set/)
  check('', from, 'UNWATCHED_SMTP_URL', /is not set/)
  check('https://mail.example.org', from, 'UNWATCHED_SMTP_URL', /such as smtp:/)
  check('smtp://post:100%@mail.example.org', from, 'UNWATCHED_SMTP_URL', /%25/)
  check(smtp, 'Appointments <a@example.org>', 'UNWATCHED_MAIL_FROM', /an address alone/)
  check(smtp, 'team@cyberclinic.example.org', 'UNWATCHED_MAIL_FROM', /gives away/)
})
