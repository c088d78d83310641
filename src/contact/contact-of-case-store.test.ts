import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContactWorld, goodWorld, openContactWorld } from '../../test/support/contact-world.ts'
import { openTestCase } from '../../test/support/test-case.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import { withCase } from '../audit/operations/access-case.ts'
import type { CasePart } from '../foundation/case-part.ts'
import type { CaseId } from '../foundation/ids.ts'
import { isSecondPhraseOpen } from '../identity/operations/phrase-state.ts'
import { loadSealedContact } from './contact-of-case-store.ts'
import { loadSaid } from './operations/load-said.ts'
import { loadPlanRow } from './store.ts'

let contact: ContactWorld
/** Of this client everything is known, and somebody made them sign in; of the other nothing. */
let known: CaseId
let unknown: CaseId
beforeAll(async () => {
  contact = await openContactWorld()
  const { world } = contact
  known = (await contact.newCase(goodWorld)).caseId
  await contact.mark(known, 'unknown')
  unknown = await openTestCase(world)
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `insert into unwatched.phrase_use (clinic_id, case_id, use_id, kind, at)
       values ($1, $2, gen_random_uuid(), 'duress', $3)`,
      [world.clinic.clinicId, known, world.clock.now()],
    ),
  )
})
afterAll(() => contact.close())

/** What the database hands over to a coordinator who opened one part of a case, to the byte. */
const handedOver = async (caseId: CaseId, part: CasePart): Promise<string | null> =>
  withCase(
    contact.clinic.database,
    contact.world.as('coordinator'),
    { caseId, part, mode: 'read' },
    async transaction => {
      const { rows } = await sql`select * from unwatched.contact_of_case(${caseId})`.execute(
        transaction.tables(),
      )
      return JSON.stringify(rows)
    },
  )

test('S5 nobody who has not opened the contact of a case learns from one statement what is known of it', async () => {
  for (const part of ['overview', 'map', 'appointment', 'chronology'] as const) {
    const told = await handedOver(known, part)
    expect(told).not.toBeNull()
    expect(told).toBe(await handedOver(unknown, part))
  }
  expect(await handedOver(known, 'contact')).not.toBe(await handedOver(unknown, 'contact'))
})

test('what one statement reads of a contact is what is read of each table alone', async () => {
  for (const caseId of [known, unknown])
    await contact.onContact(caseId, async transaction => {
      const found = await loadSealedContact(transaction, caseId)
      expect(found.plan).toEqual(await loadPlanRow(transaction, caseId))
      expect(found.said).toEqual(await loadSaid(transaction, caseId))
      expect(found.isSecondPhraseOpen).toBe(await isSecondPhraseOpen(transaction, caseId))
      expect(found.isSecondPhraseOpen).toBe(caseId === known)
    })
})
