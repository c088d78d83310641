import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import { emptyInventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { changeInventory } from './change-inventory.ts'
import { drawOnce } from './kept-drawings.ts'
import { loadInventory } from './load-inventory.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const read = (role: Role, caseId: CaseId) =>
  withCase(world.clinic.database, world.as(role), { caseId, part: 'map', mode: 'read' }, transaction =>
    loadInventory(world.clinic, transaction, caseId),
  )

const write = (caseId: CaseId, words: string) =>
  withCase(
    world.clinic.database,
    world.as('stalking-advocate'),
    { caseId, part: 'map', mode: 'write' },
    transaction =>
      changeInventory(
        world.clinic,
        transaction,
        world.people['stalking-advocate'],
        caseId,
        { kind: 'words', words },
        null,
      ),
  )

test('a revision that was opened lately is the same document for the next who may see it, and nobody can change it', async () => {
  const caseId = await openTestCase(world)
  await write(caseId, 'He knows where I am.')
  const first = await read('stalking-advocate', caseId)
  const second = await read('coordinator', caseId)
  expect(second?.inventory).toBe(first?.inventory)
  expect(() => Object.assign(first?.inventory ?? {}, { words: 'changed' })).toThrow(TypeError)
  await write(caseId, 'He knows my new number.')
  expect((await read('coordinator', caseId))?.inventory.words).toBe('He knows my new number.')
})

test('S5 S8 what is kept in memory is for nobody who may not see it, for no other case, and for no other bytes', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead', 'stalking'] })
  const other = await openTestCase(world)
  await write(caseId, 'Kept for this case alone.')
  await read('stalking-advocate', caseId)
  expect(await read('cyber-adviser', caseId)).toBeNull()
  const outside = await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    loadInventory(world.clinic, transaction, caseId),
  )
  expect(outside.revision).toBe(0)
  // The same bytes moved to another case do not open there, and altered bytes do not open here.
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.access_map (clinic_id, case_id, revision, at, by_person, change, sealed)
       select clinic_id, $2, revision, at, by_person, change, sealed from unwatched.access_map where case_id = $1`,
      [caseId, other],
    ),
  )
  await expect(read('coordinator', other)).rejects.toMatchObject({ code: 'field-not-opened' })
  await asOwner(world.ownerUrl, async client => {
    await client.query(`set session_replication_role = 'replica'`)
    await client.query(
      `update unwatched.access_map set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256) where case_id = $1`,
      [caseId],
    )
    await client.query(`set session_replication_role = 'origin'`)
  })
  await expect(read('coordinator', caseId)).rejects.toMatchObject({ code: 'field-not-opened' })
})

test('the map of a revision is drawn once, and again when the inventory or the lock-out plan is another', async () => {
  const { entries } = await loadCatalogue()
  const caseId = await openTestCase(world)
  await write(caseId, 'Drawn once.')
  const inventory = (await read('coordinator', caseId))?.inventory ?? emptyInventory
  const first = drawOnce(inventory, entries, null)
  const again = drawOnce(inventory, entries, null)
  expect(again.drawn).toBe(first.drawn)
  expect(again.current.reached()).toBe(first.current.reached())
  expect(first.current.reached()).toEqual(findReach(first.current.map, 'possible'))
  await write(caseId, 'Drawn again.')
  const next = (await read('coordinator', caseId))?.inventory ?? emptyInventory
  expect(drawOnce(next, entries, null).drawn).not.toBe(first.drawn)
})
