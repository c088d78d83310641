import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { projectFolder } from './source-files.ts'

let folder: string
let keys: string

/** The person who makes a release has the private key; the one who installs it has the public key from elsewhere. */
function writeKeys(name: string): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = (key: KeyObject, type: 'spki' | 'pkcs8') => key.export({ format: 'pem', type })
  writeFileSync(join(keys, `${name}.key`), pem(privateKey, 'pkcs8'))
  writeFileSync(join(keys, `${name}.pub`), pem(publicKey, 'spki'))
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
  keys = mkdtempSync(join(tmpdir(), 'release-keys-'))
  writeKeys('ours')
  writeFileSync(join(folder, 'unwatched-1.0.0-linux-x64.tar.gz'), 'the program')
  const script = join(projectFolder, 'scripts/sign-release.mjs')
  const signed = spawnSync(process.execPath, [script, folder, '--key', join(keys, 'ours.key')])
  expect(signed.status).toBe(0)
})
afterEach(() => {
  for (const each of [folder, keys]) rmSync(each, { recursive: true })
})

function check(key = 'ours'): { readonly code: number | null; readonly said: string } {
  const script = join(projectFolder, 'deploy/verify-release')
  const done = spawnSync('sh', [script, folder, join(keys, `${key}.pub`)], { encoding: 'utf8' })
  return { code: done.status, said: `${done.stdout}${done.stderr}` }
}

test('a release is checked before it is unpacked, with what every Debian has', () => {
  expect(check()).toEqual({ code: 0, said: 'This release is the one that was signed.\n' })
})

test('an archive that was altered is not unpacked, nor is one whose list was made to agree with it', () => {
  const archive = join(folder, 'unwatched-1.0.0-linux-x64.tar.gz')
  writeFileSync(archive, 'another one')
  const altered = check()
  expect(altered.code).toBe(1)
  expect(altered.said).toContain('is not the one that was signed. Do not unpack it.')
  const sums = spawnSync('sha256sum', ['unwatched-1.0.0-linux-x64.tar.gz'], { cwd: folder, encoding: 'utf8' })
  writeFileSync(join(folder, 'SHA256SUMS'), sums.stdout)
  expect(check().said).toContain('was not signed with that key. Do not unpack it.')
})

test('a release signed with the key of somebody else is not unpacked', () => {
  writeKeys('theirs')
  expect(check('theirs')).toEqual({
    code: 1,
    said: 'The list of this release was not signed with that key. Do not unpack it.\n',
  })
})

test('a file that was laid beside what was signed is named, whatever it is called', () => {
  for (const name of ['unwatched-1.0.1-linux-x64.tar.gz', 'unwatched-1.0.0-linux-x64-tar.gz']) {
    writeFileSync(join(folder, name), 'not listed')
    expect(check()).toEqual({
      code: 1,
      said: `${name} is not in the list of this release. Do not unpack it.\n`,
    })
    rmSync(join(folder, name))
  }
})

test('an archive that is listed and not there is said', () => {
  rmSync(join(folder, 'unwatched-1.0.0-linux-x64.tar.gz'))
  expect(check().code).toBe(1)
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toContain('unwatched-1.0.0')
})
