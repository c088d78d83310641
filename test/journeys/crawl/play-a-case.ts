import { demoPeople } from '../../../src/app/demo/demo-people.ts'
import { knownPersonStory } from '../../../src/app/demo/known-person-story.ts'
import { type DemoCast, playStory } from '../../../src/app/demo/play-story.ts'
import { loadProfile } from '../../../src/directory/operations/load-profile.ts'
import { listPeople } from '../../../src/identity/operations/list-people.ts'
import type { Clinic } from '../../../src/platform/clinic.ts'
import type { JourneyClinic } from '../../support/journey-clinic.ts'
import { asOwner } from '../../support/test-clinic.ts'

/** Plays a case of the demo through the clinic, and answers the path of its page. */
export async function playACase({ clinic, ownerUrl }: JourneyClinic): Promise<string> {
  await playStory(clinic, await castDemo(clinic), knownPersonStory, () => {})
  const found = await asOwner(ownerUrl, client =>
    client.query<{ case_id: string }>('select case_id from unwatched.case_file'),
  )
  return `/cases/${found.rows[0]?.case_id ?? ''}`
}

/** Who acts in the demo. */
export async function castDemo(clinic: Clinic): Promise<DemoCast> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const { people, agencies, profile } = await clinic.database.transaction(actor, async transaction => ({
    ...(await listPeople(transaction)),
    profile: await loadProfile(transaction),
  }))
  const nameOf = (kind: string): string | undefined =>
    profile.agencies.find(agency => agency.kind === kind)?.name
  return {
    memberOf: (role: (typeof demoPeople)[number]['role']) => {
      const invented = demoPeople.find(person => person.role === role)
      const person = people.find(each => each.signInName === invented?.signInName)
      const agency = agencies.find(each => each.name === nameOf(invented?.agency ?? ''))
      if (!person || !agency) throw new Error(`the demo has nobody who is ${role}`)
      return { personId: person.personId, agencyId: agency.agencyId }
    },
    agencies: agencies.map(({ agencyId, name }) => ({ agencyId, isPolice: name === nameOf('police') })),
  }
}

/** What of that case is sealed, as it may stand somewhere by mistake. */
export const jewels: readonly string[] = [
  '900123',
  'TN9 1AA',
  'TN91AA',
  'blue kettle',
  'green door',
  '10am to 2pm',
]

/** What of it may stand on a page and never in a log or an address. */
export const namesOfTheCase: readonly string[] = [
  ...knownPersonStory.client.split(' '),
  ...knownPersonStory.suspect.split(' '),
  'meow',
  'dentist',
  ...demoPeople.map(person => person.name),
]
