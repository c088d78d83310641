import { expect, test } from 'vitest'
import { type CaseId, type ClinicId, makeId } from '../foundation/ids.ts'
import { makeClinicKey } from './keys.ts'
import { openName, sealName } from './seal-name.ts'

const now = new Date('2026-03-02T10:00:00Z')
const key = makeClinicKey()
const place = { clinicId: makeId<ClinicId>(now), caseId: makeId<CaseId>(now), field: 'client-name' }

test('S8 a name comes back as it was, and nothing is nothing', () => {
  expect(openName(key, place, sealName(key, place, 'Vera Fictional'))).toBe('Vera Fictional')
  expect(openName(key, place, sealName(key, place, ''))).toBe('')
})

test('S8 a name that stands in the clear, in another file or under another key is no name', () => {
  const sealed = sealName(key, place, 'Vera Fictional')
  const elsewhere = { ...place, caseId: makeId<CaseId>(now) }
  for (const open of [
    () => openName(key, place, 'Vera Fictional'),
    () => openName(key, elsewhere, sealed),
    () => openName(makeClinicKey(), place, sealed),
    () => openName(key, place, `${sealed.slice(0, -4)}AAAA`),
  ])
    expect(open).toThrow('altered, or belongs elsewhere')
})
