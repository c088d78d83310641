import type { PersonId } from '../../src/foundation/ids.ts'
import { type EnrolmentAnswer, enrolPerson } from '../../src/identity/operations/enrol-person.ts'
import { type LinkWithCode, makeLinkAtMachine } from '../../src/identity/operations/invite-person.ts'
import { setPersonState } from '../../src/identity/store.ts'
import type { TestClinic } from './test-clinic.ts'

export const joinPassword = 'teapot gravel Tuesday owl'
export const joinSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** Joins as the person who holds these would at the page: a link and its code, and what only the person has where it is given. */
export function joinWith(
  world: Pick<TestClinic, 'clinic'>,
  link: LinkWithCode,
  more: Partial<Parameters<typeof enrolPerson>[1]> = {},
): Promise<EnrolmentAnswer> {
  return enrolPerson(world.clinic, {
    token: link.token,
    joiningCode: link.code.join(' '),
    secondSecret: '',
    witnessWords: '',
    password: joinPassword,
    codeSecret: joinSecret,
    codeStep: 0,
    desk: { address: '192.0.2.1', userAgent: '' },
    ...more,
  })
}

/** A new link for somebody who is there, made at the machine. */
export function linkAtMachine(world: TestClinic, personId: PersonId): Promise<LinkWithCode> {
  return world.clinic.database.transaction(world.task('setup'), async transaction => {
    await setPersonState(transaction, personId, 'invited')
    return makeLinkAtMachine(world.clinic, transaction, personId)
  })
}
