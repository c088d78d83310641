import { Readable } from 'node:stream'
import { withCase } from '../../audit/operations/access-case.ts'
import { findOpenChoices } from '../../bundle/exhibit-choice.ts'
import { askForBundle } from '../../bundle/operations/ask-for-bundle.ts'
import { decideBundle } from '../../bundle/operations/decide-bundle.ts'
import { listBundles } from '../../bundle/operations/load-bundles.ts'
import { weighExhibits } from '../../bundle/operations/weigh-exhibits.ts'
import { createCase } from '../../cases/operations/create-case.ts'
import { findCaseByReference } from '../../cases/operations/list-caseload.ts'
import { listConsents } from '../../cases/operations/list-consents.ts'
import { listWaiting } from '../../cases/operations/list-waiting.ts'
import { receiveReferral } from '../../cases/operations/receive-referral.ts'
import { triageReferral } from '../../cases/operations/triage-referral.ts'
import { withdrawConsent } from '../../cases/operations/withdraw-consent.ts'
import type { ReferralAnswers } from '../../cases/referral.ts'
import type { When } from '../../chronology/incident.ts'
import { listTimeline } from '../../chronology/operations/list-timeline.ts'
import { makeIncident } from '../../chronology/operations/make-incident.ts'
import { wholeTimeline } from '../../chronology/timeline-filter.ts'
import { readItem } from '../../evidence/operations/read-item.ts'
import { takeInEvidence } from '../../evidence/operations/take-in-evidence.ts'
import { caseParts } from '../../foundation/case-part.ts'
import type { AgencyId, CaseId, PersonId } from '../../foundation/ids.ts'
import { findMoments, parseWallClock } from '../../foundation/local-date.ts'
import type { Role } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { CaseStory } from './case-story.ts'
import { demoPeople } from './demo-people.ts'
import { withEarlierClinic } from './earlier-clinic.ts'
import { playAppointments } from './play-appointments.ts'
import { playChecks } from './play-checks.ts'
import { playClientWord, playContact } from './play-contact.ts'
import { playLeaks } from './play-leaks.ts'
import { playLockOut } from './play-lock-out.ts'
import { playMap } from './play-map.ts'
import { playOrders } from './play-orders.ts'
import { playPlans } from './play-plans.ts'
import { playPortal } from './play-portal.ts'

/** Who acts in the demo. */
export type DemoCast = {
  readonly memberOf: (role: Role) => { readonly personId: PersonId; readonly agencyId: AgencyId }
  readonly agencies: readonly { readonly agencyId: AgencyId; readonly isPolice: boolean }[]
}

/** Walks one invented case through the clinic, from the first call to a bundle for the police. */
export async function playStory(
  clinic: Clinic,
  cast: DemoCast,
  story: CaseStory,
  say: (line: string) => void,
): Promise<void> {
  const as = (role: Role): Extract<Actor, { kind: 'person' }> => ({
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: cast.memberOf(role).personId,
  })
  // Opened three weeks ago, so that there is time for what happened since.
  const caseId = await withEarlierClinic(clinic, 21, earlier => openStory(earlier, cast, story, as))
  await playAppointments(clinic, cast, story, caseId)
  await bringFiles(clinic, story, caseId, as('cyber-adviser'), say)
  await playMap(clinic, as('cyber-adviser'), caseId, story.key, story.map)
  await playContact(clinic, as('cyber-adviser'), caseId, {
    phone: story.phone,
    mailboxOnMap: story.key === 'known-person' ? 'Old mailbox' : null,
  })
  if (story.key === 'known-person')
    await playChecks(clinic, as('cyber-adviser'), caseId, {
      phone: 'Lena’s phone',
      account: 'Lena’s Apple account',
    })
  await makeIncidents(clinic, story, caseId, as('stalking-advocate'))
  await playLeaks(clinic, as('cyber-adviser'), caseId, story)
  await playPlans(clinic, cast, story, caseId)
  if (story.key === 'known-person') {
    const name = demoPeople.find(each => each.role === 'cyber-adviser')?.name ?? ''
    await playLockOut(clinic, { actor: as('cyber-adviser'), name }, caseId)
  }
  await playClientWord(clinic, as('cyber-adviser'), caseId)
  await playOrders(clinic, cast, story, caseId)
  await playPortal(clinic, story, caseId)
  await shareWithPolice(clinic, cast, story, caseId, as)
  if (story.key === 'stranger') await withdrawFromPolice(clinic, cast, caseId, as)
}

type As = (role: Role) => Extract<Actor, { kind: 'person' }>

async function openStory(clinic: Clinic, cast: DemoCast, story: CaseStory, as: As): Promise<CaseId> {
  const caller: Actor =
    story.receivedBy === 'phone'
      ? as('call-handler')
      : { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' }
  const receipt = await receiveReferral(clinic, caller, tellStory(story), `demo-${story.key}`)
  const coordinator = as('coordinator')
  const opened = await clinic.database.transaction(coordinator, transaction =>
    findCaseByReference(transaction, receipt.reference),
  )
  if (opened) return opened.caseId
  const waiting = (
    await clinic.database.transaction(coordinator, transaction => listWaiting(transaction))
  ).lines.find(line => line.reference === receipt.reference)
  if (!waiting) throw new Fault('demo-referral-lost', 'A referral of the demo is not there.')
  const choice = {
    type: story.stalkerType,
    typeReasons: story.typeReasons,
    flags: story.flags,
    judgement: 'two-days',
    note: '',
    settled: [],
  } as const
  await clinic.database.transaction(coordinator, transaction =>
    triageReferral(transaction, coordinator.personId, waiting.caseId, choice, `demo-${story.key}`),
  )
  const agencies = cast.agencies.map(agency => ({
    agencyId: agency.agencyId,
    parts: agency.isPolice ? (['overview', 'chronology', 'order', 'bundle'] as const) : caseParts,
    until: null,
  }))
  const result = await createCase(
    clinic,
    cast.memberOf('coordinator'),
    waiting.caseId,
    { agencies, how: 'spoken-in-person' },
    `demo-${story.key}`,
  )
  if (!result.allowed)
    throw new Fault('demo-case-not-opened', `A case of the demo could not be opened (${result.because}).`)
  return waiting.caseId
}

function tellStory(story: CaseStory): ReferralAnswers {
  const silent = { value: '', safe: 'unknown' } as const
  return {
    filledBy: 'client',
    clientName: story.client,
    words: story.words,
    safeToTalk: 'yes',
    dangerNow: 'no',
    adult: 'yes',
    cyberstalked: 'yes',
    postcode: story.postcode,
    council: { kind: 'unknown' },
    flags: story.flags,
    suspectName: story.suspect,
    relation: story.relation,
    howHeard: 'Invented for the demo',
    wantsContact: 'yes',
    agreedWords: 'May we contact them? Yes.',
    contactChannels: { phone: { value: story.phone, safe: 'yes' }, email: silent, other: silent },
    safeTimes: 'Weekdays, 10am to 2pm',
    voicemail: 'No messages',
    codeWords: 'blue kettle / green door',
  }
}

async function bringFiles(
  clinic: Clinic,
  story: CaseStory,
  caseId: CaseId,
  adviser: Actor,
  say: (line: string) => void,
): Promise<void> {
  for (const [index, file] of story.files.entries()) {
    say(`  ${story.key.replaceAll('-', ' ')}, file ${index + 1} of ${story.files.length}`)
    const taken = await takeInEvidence(clinic, adviser, caseId, {
      name: file.name,
      broughtBy: story.producer,
      howObtained: file.how,
      body: Readable.from([await file.make()]),
      formToken: `demo-${story.key}-${index}`,
      answers: { zone: file.zone, dateOrder: 'day-first' },
    })
    if (taken.kind === 'refused')
      throw new Fault('demo-file-refused', `A file of the demo was refused (${taken.because}).`)
    await readItem(clinic, caseId, taken.itemId)
  }
}

async function makeIncidents(
  clinic: Clinic,
  story: CaseStory,
  caseId: CaseId,
  advocate: Actor,
): Promise<void> {
  const zone = 'Europe/London'
  const rest = { zone, noticedOn: null, whereCoarse: '', toldTo: '' } as const
  await withCase(
    clinic.database,
    advocate,
    { caseId, part: 'chronology', mode: 'write' },
    async transaction => {
      for (const [index, told] of story.told.entries()) {
        const when: When = { precision: told.precision, startsAt: momentOf(told.at, zone) }
        const { what, clientWords, changed, platform, codes } = told
        const account = { ...rest, when, what, clientWords, changed, platform, codes, records: [] }
        await makeIncident(transaction, caseId, `demo-${story.key}-told-${index}`, account)
      }
      for (const [index, found] of story.found.entries()) {
        const { page } = await listTimeline(
          transaction,
          caseId,
          { ...wholeTimeline, show: 'records', words: found.words },
          null,
        )
        const [entry] = page.entries
        if (entry?.kind !== 'record' || !entry.record.sentAt)
          throw new Fault('demo-message-lost', 'A message of the demo is not on the timeline.')
        const { ref, sentAt } = entry.record
        const { what, platform, codes } = found
        const account = {
          ...rest,
          when: { precision: 'exact', startsAt: sentAt } as const,
          what,
          clientWords: '',
          changed: '',
          platform,
          codes,
          records: [ref],
        }
        await makeIncident(transaction, caseId, `demo-${story.key}-found-${index}`, account)
      }
    },
  )
}

function momentOf(text: string, zone: string): Date {
  const clock = parseWallClock(text)
  const found = clock && findMoments(clock, zone)
  if (found?.kind !== 'one') throw new Fault('demo-time-wrong', 'A time of the demo is not one moment.')
  return new Date(found.moment)
}

/** One bundle, asked for by the advocate and approved by the coordinator; the queue builds it. */
async function shareWithPolice(
  clinic: Clinic,
  cast: DemoCast,
  story: CaseStory,
  caseId: CaseId,
  as: As,
): Promise<void> {
  const police = cast.agencies.find(agency => agency.isPolice)
  if (!police) return
  const advocate = as('stalking-advocate')
  const coordinator = as('coordinator')
  const look = { caseId, part: 'bundle', mode: 'write' } as const
  await withCase(clinic.database, advocate, look, async transaction => {
    const exhibits = (await weighExhibits(transaction, caseId, 'all')) ?? []
    const chosen = findOpenChoices(exhibits, {}).map(
      ({ itemId, mayCopy }) => [itemId, mayCopy ? 'working-copy' : 'original'] as const,
    )
    const asked = await askForBundle(transaction, caseId, {
      purpose: 'police-report',
      forAgency: police.agencyId,
      choices: {
        records: 'all',
        note: 'First report to the police, made for the demo.',
        exhibits: Object.fromEntries(chosen),
      },
      askedBy: advocate.personId,
      formToken: `demo-${story.key}`,
    })
    if (!asked.allowed)
      throw new Fault('demo-bundle-refused', `A bundle of the demo was refused (${asked.because}).`)
  })
  await withCase(clinic.database, coordinator, look, async transaction => {
    const [bundle] = (await listBundles(transaction, caseId)).bundles
    if (bundle?.state !== 'asked' || story.key !== 'known-person') return
    await decideBundle(transaction, caseId, bundle.bundleId, {
      approve: true,
      by: coordinator.personId,
      note: '',
    })
  })
}

/** The client of the stranger's story takes back consent for the police: its people lose the case at once, and the list says so. */
async function withdrawFromPolice(clinic: Clinic, cast: DemoCast, caseId: CaseId, as: As): Promise<void> {
  const police = cast.agencies.find(agency => agency.isPolice)
  const coordinator = as('coordinator')
  const look = { caseId, part: 'consent', mode: 'write' } as const
  await withCase(clinic.database, coordinator, look, async transaction => {
    const { lines } = await listConsents(transaction, caseId)
    const given = lines.find(line => line.agencyId === police?.agencyId && line.state === 'in-force')
    if (given) await withdrawConsent(transaction, coordinator.personId, caseId, given.consentId)
  })
}
