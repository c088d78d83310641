import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { AgencyId, PersonId } from '../../foundation/ids.ts'
import { addDemoPerson } from '../../identity/operations/add-demo-person.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import type { Role } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Config } from '../../platform/config.ts'
import { doOnce } from '../../platform/do-once.ts'
import { Fault } from '../../platform/fault.ts'
import type { ClinicKey } from '../../platform/keys.ts'
import type { Log } from '../../platform/log.ts'
import { buildClinic, type ClinicContext } from '../build-clinic.ts'
import { makeClinic, readProfile } from '../make-clinic.ts'
import { demoPeople } from './demo-people.ts'
import { tellKnownPersonStory } from './known-person-story.ts'
import { moveTo } from './move-days.ts'
import { keepAppointmentComing } from './play-appointments.ts'
import { playHistory } from './play-history.ts'
import { type DemoCast, playStory } from './play-story.ts'
import { tellStrangerStory } from './stranger-story.ts'

const profileFile = new URL('../../../profiles/west-kent.json', import.meta.url)

/** Makes the demo clinic: the profile that ships, and nobody in it yet. */
export async function makeDemoClinic(context: ClinicContext, key: ClinicKey): Promise<void> {
  await makeClinic(
    context,
    key,
    readProfile(await readFile(profileFile, 'utf8'), 'profiles/west-kent.json'),
    true,
  )
}

/**
 * Fills a demo clinic with invented people and two invented cases, by the same operations that people use: calls are
 * taken, cases opened, evidence files made and taken in, incidents made. Each step is done once, so a demo that broke
 * off is finished at the next start and never doubled.
 */
export async function fillDemo(
  context: ClinicContext,
  config: Config,
  key: ClinicKey,
  chosen: Parameters<typeof buildClinic>[3],
  log: Log,
  say: (line: string) => void,
): Promise<void> {
  const clinic = buildClinic(context, config, key, chosen, log)
  const asSetup = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  try {
    const isFull = await clinic.database.transaction(asSetup, transaction => isDone(transaction))
    const cast = await gatherCast(clinic)
    const move = moveTo(await findDemoStart(clinic))
    const stories = [tellKnownPersonStory(move), tellStrangerStory(move)]
    if (isFull) {
      // People try things out: a demo that was changed starts all the same.
      for (const story of stories) await keepAppointmentComing(clinic, cast, story).catch(sayWhy(say))
      return
    }
    say('Loading the demo: two invented cases, taken in as real ones are …')
    for (const story of stories) await playStory(clinic, cast, story, say)
    say('  two years of earlier referrals, for the figures')
    await playHistory(clinic, context.programUrl, cast)
    await clinic.database.transaction(asSetup, transaction =>
      doOnce(
        transaction,
        'demo',
        'loaded',
        () => true,
        async () => true,
      ),
    )
  } finally {
    await clinic.database.close()
  }
}

/** When this demo was begun: the same instant for one that broke off and is finished later. */
async function findDemoStart(clinic: Clinic): Promise<Date> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  const at = await clinic.database.transaction(actor, transaction =>
    doOnce(
      transaction,
      'demo',
      'begun',
      kept => z.string().parse(kept),
      async () => transaction.now.toISOString(),
    ),
  )
  return new Date(at)
}

/** Tells of what the demo could not do; whatever is not foreseen is thrown on. */
const sayWhy = (say: (line: string) => void) => (cause: unknown) => {
  if (!(cause instanceof Fault)) throw cause
  say(`  ${cause.message}`)
}

class NotDone extends Error {}

async function isDone(transaction: Parameters<typeof doOnce>[0]): Promise<boolean> {
  try {
    return await doOnce(
      transaction,
      'demo',
      'loaded',
      () => true,
      () => Promise.reject(new NotDone()),
    )
  } catch (cause) {
    if (cause instanceof NotDone) return false
    throw cause
  }
}

async function gatherCast(clinic: Clinic): Promise<DemoCast> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'setup' } as const
  return clinic.database.transaction(actor, async transaction => {
    const { people, agencies } = await listPeople(transaction)
    const profile = await loadProfile(transaction)
    const members = new Map<Role, { readonly personId: PersonId; readonly agencyId: AgencyId }>()
    for (const invented of demoPeople) {
      const named = profile.agencies.find(agency => agency.kind === invented.agency)
      const agencyId = agencies.find(agency => agency.name === named?.name)?.agencyId
      if (!agencyId)
        throw new Fault('demo-agency-missing', 'The profile has no agency for somebody in the demo.')
      const there = people.find(person => person.signInName === invented.signInName)
      const { name, signInName, role } = invented
      const personId =
        there?.personId ?? (await addDemoPerson(transaction, { name, signInName, role, agencyId }))
      if (!members.has(role)) members.set(role, { personId, agencyId })
    }
    return {
      memberOf: role => {
        const member = members.get(role)
        if (!member) throw new Fault('demo-role-missing', 'The demo has nobody for a role.')
        return member
      },
      agencies: agencies.map(agency => ({
        agencyId: agency.agencyId,
        isPolice: profile.agencies.some(each => each.name === agency.name && each.kind === 'police'),
      })),
    }
  })
}
