import { generateSync } from 'otplib'
import { accessCase } from '../../src/audit/operations/access-case.ts'
import { invitePerson } from '../../src/identity/operations/invite-person.ts'
import { listPeople } from '../../src/identity/operations/list-people.ts'
import { makePhrases } from '../../src/identity/operations/make-phrases.ts'
import { newOnce } from '../../src/web/form.ts'
import { joinPassword, joinSecret, joinWith } from '../../test/support/joining.ts'
import { openTestCase } from '../../test/support/test-case.ts'
import { asOwner } from '../../test/support/test-clinic.ts'
import type { ServedClinic } from './served-clinic.ts'

/** Whom guesses are aimed at: a client of an open case, and a member of staff who has joined. */
export type GuessedAt = {
  readonly words: readonly string[]
  readonly signInName: string
  readonly password: string
  /** A code that works now, whatever was used before: as if time had passed. */
  readonly freshCode: () => Promise<string>
  /** Tries that are counted as wrong at this instant; each is counted in three lanes. */
  readonly counted: () => Promise<number>
  /** Forgets every wrong try, so that the next attack meets a clinic at rest. */
  readonly forget: () => Promise<void>
}

export async function prepareGuessedAt({ clinic, ground }: ServedClinic): Promise<GuessedAt> {
  const { ownerUrl } = ground
  const setup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const { agencies } = await clinic.database.transaction(setup, listPeople)
  const lead = agencies[0]?.agencyId
  if (!lead) throw new Error('the clinic has no agency')
  const signInName = 'guessed.at'
  const link = await clinic.database.transaction(setup, transaction =>
    invitePerson(clinic, transaction, {
      name: 'Gail Made-Up',
      signInName,
      role: 'coordinator',
      agencyId: lead,
    }),
  )
  if (!link.allowed) throw new Error(link.because)
  const joined = await joinWith({ clinic }, link)
  if (joined.kind !== 'joined') throw new Error(joined.kind)
  const { personId } = link
  const caseId = await openTestCase(
    { clinic, ownerUrl, people: { coordinator: personId }, agencies: { lead } },
    { agencies: ['lead'] },
  )
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId } as const
  const made = await clinic.database.transaction(actor, async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    return makePhrases(clinic, transaction, personId, caseId, { check: 'code-words', once: newOnce() })
  })
  if (!made) throw new Error('no phrase was made')
  const ask = (text: string) => asOwner(ownerUrl, client => client.query(text))
  return {
    words: made.open,
    signInName,
    password: joinPassword,
    freshCode: async () => {
      await ask('update unwatched.credential set last_code_step = 0')
      return generateSync({ secret: joinSecret, epoch: Math.floor(Date.now() / 1000) })
    },
    counted: async () => Number((await ask('select count(*) / 3 as n from unwatched.wrong_guess')).rows[0].n),
    forget: async () => {
      await ask('delete from unwatched.wrong_guess')
    },
  }
}
