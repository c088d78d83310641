import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CaseId, type ClinicId, makeId } from '../foundation/ids.ts'
import {
  clinicKeyId,
  deriveSecret,
  makeCaseKey,
  makeClinicKey,
  readClinicKey,
  unwrapCaseKey,
  wrapCaseKey,
  writeNewClinicKey,
} from './keys.ts'

let folder: string
let data: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-keys-'))
  data = join(folder, 'data')
  await mkdir(data)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('S8: a key file is readable by its owner alone, is never overwritten, and reads back as the same key', async () => {
  const path = join(folder, 'keys', 'clinic.key')
  const written = await writeNewClinicKey(path)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await expect(writeNewClinicKey(path)).rejects.toMatchObject({ code: 'key-exists' })
  const read = await readClinicKey(path, data)
  expect(read.wrapping).toEqual(written.wrapping)
  expect(clinicKeyId(read)).toBe(clinicKeyId(written))
})

test('each thing wrong with a key file has its own answer', async () => {
  const codeOf = (path: string) =>
    readClinicKey(path, data).then(
      () => 'read',
      cause => cause.code,
    )
  const path = join(folder, 'clinic.key')
  expect(await codeOf(path)).toBe('key-missing')
  expect(await codeOf(folder)).toBe('key-unreadable')
  await writeNewClinicKey(path)
  await chmod(path, 0o644)
  expect(await codeOf(path)).toBe('key-too-open')
  await writeFile(join(folder, 'torn.key'), 'unwatched clinic key, version 1\nwrapping AAAA\n', {
    mode: 0o600,
  })
  expect(await codeOf(join(folder, 'torn.key'))).toBe('key-malformed')
  await writeNewClinicKey(join(data, 'clinic.key'))
  expect(await codeOf(join(data, 'clinic.key'))).toBe('key-inside-data')
  await symlink(join(data, 'clinic.key'), join(folder, 'link.key'))
  expect(await codeOf(join(folder, 'link.key'))).toBe('key-inside-data')
})

test('S8: a case key opens with its own clinic key, for its own case and clinic, unaltered, and not otherwise', () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const [clinicId, caseId] = [makeId<ClinicId>(now), makeId<CaseId>(now)]
  const [key, caseKey] = [makeClinicKey(), makeCaseKey()]
  const wrapped = wrapCaseKey(key, clinicId, caseId, caseKey)
  expect(unwrapCaseKey(key, clinicId, caseId, wrapped)).toEqual(caseKey)
  const shut = 'could not be opened'
  expect(() => unwrapCaseKey(makeClinicKey(), clinicId, caseId, wrapped)).toThrow(shut)
  expect(() => unwrapCaseKey(key, clinicId, makeId<CaseId>(now), wrapped)).toThrow(shut)
  expect(() => unwrapCaseKey(key, makeId<ClinicId>(now), caseId, wrapped)).toThrow(shut)
  // A row cut down to four bytes of its tag could be forged by trying.
  const cut = wrapCaseKey(key, clinicId, caseId, Buffer.alloc(0)).subarray(0, 16)
  expect(() => unwrapCaseKey(key, clinicId, caseId, cut)).toThrow(shut)
  for (let place = 0; place < wrapped.length; place += 1) {
    const changed = Buffer.from(wrapped)
    changed[place] = (changed[place] ?? 0) ^ 1
    expect(() => unwrapCaseKey(key, clinicId, caseId, changed)).toThrow(shut)
    expect(() => unwrapCaseKey(key, clinicId, caseId, wrapped.subarray(0, place))).toThrow(shut)
  }
})

test('secrets derived for two purposes, or from two keys, have nothing in common', () => {
  const key = makeClinicKey()
  expect(deriveSecret(key, 'one')).toEqual(deriveSecret(key, 'one'))
  expect(deriveSecret(key, 'one')).not.toEqual(deriveSecret(key, 'two'))
  expect(deriveSecret(key, 'one')).not.toEqual(deriveSecret(makeClinicKey(), 'one'))
})
