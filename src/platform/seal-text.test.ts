import { expect, test } from 'vitest'
import { type CaseId, type ClinicId, makeId } from '../foundation/ids.ts'
import { makeCaseKey } from './keys.ts'
import { openText, sealText } from './seal-text.ts'

const now = new Date('2026-03-02T10:00:00Z')
const where = { clinicId: makeId<ClinicId>(now), caseId: makeId<CaseId>(now), field: 'address' }
const key = makeCaseKey()

test('S6: a sealed address opens as it was written, and shows nothing while sealed', async () => {
  for (const text of ['12 Rowan Close, TN9 1AA', '', 'Łódź, شارع ٥']) {
    const sealed = sealText(key, where, text)
    if (text !== '') expect(sealed.includes(text)).toBe(false)
    expect(openText(key, where, sealed)).toBe(text)
  }
})

test('S6: a sealed field opens in no other field, case or clinic, and not when altered', () => {
  const sealed = sealText(key, where, 'her new number')
  const changed = Buffer.from(sealed)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  const wrong = [
    [key, { ...where, field: 'school' }, sealed],
    [key, { ...where, caseId: makeId<CaseId>(now) }, sealed],
    [key, { ...where, clinicId: makeId<ClinicId>(now) }, sealed],
    [makeCaseKey(), where, sealed],
    [key, where, changed],
    [key, where, sealed.subarray(0, 40)],
    [key, where, Buffer.alloc(0)],
  ] as const
  for (const [caseKey, field, bytes] of wrong) {
    expect(() => openText(caseKey, field, bytes)).toThrow(
      expect.objectContaining({ code: 'field-not-opened' }),
    )
  }
})
