import { withCase } from '../../audit/operations/access-case.ts'
import { closingOutcomes } from '../../cases/closing.ts'
import { closeCase } from '../../cases/operations/close-case.ts'
import { createCase } from '../../cases/operations/create-case.ts'
import { decideNotOurs } from '../../cases/operations/decide-not-ours.ts'
import { listWaiting } from '../../cases/operations/list-waiting.ts'
import { receiveReferral } from '../../cases/operations/receive-referral.ts'
import { triageReferral } from '../../cases/operations/triage-referral.ts'
import type { ReferralAnswers } from '../../cases/referral.ts'
import { caseParts } from '../../foundation/case-part.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { openDatabase } from '../../platform/database.ts'
import { seededChance } from './chance.ts'
import type { DemoCast } from './play-story.ts'

const day = 24 * 60 * 60 * 1000

/** How many asked for help in each of the last 24 months, oldest first; a few months are too small to be shown. */
const asked = [3, 6, 5, 8, 7, 4, 9, 6, 5, 7, 10, 8, 4, 9, 11, 7, 12, 10, 3, 9, 12, 14, 11, 13] as const

const silent = { value: '', safe: 'unknown' } as const

/**
 * Two years of invented people who asked for help before the two cases of the demo, walked through the clinic with its
 * clock set back, so that figures have something to show. All of them are closed or were sent elsewhere.
 */
export async function playHistory(clinic: Clinic, programUrl: string, cast: DemoCast): Promise<void> {
  const chance = seededChance(2024)
  const end = clinic.clock.now().getTime()
  let now = new Date(end)
  const database = openDatabase(programUrl, { now: () => now, key: clinic.key, connections: 2 })
  const past: Clinic = { ...clinic, database, clock: { now: () => now } }
  const handler = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: cast.memberOf('call-handler').personId,
  } as const
  const coordinator = cast.memberOf('coordinator')
  const as = { kind: 'person', clinicId: clinic.clinicId, personId: coordinator.personId } as const
  const agencies = cast.agencies
    .filter(agency => agency.agencyId === coordinator.agencyId)
    .map(agency => ({ agencyId: agency.agencyId, parts: caseParts, until: null }))
  try {
    for (const [index, { month, number }] of listAsked().entries()) {
      const token = `demo-history-${index}`
      now = new Date(end - (24 - month) * 30.4 * day + Math.floor(chance.next() * 28) * day)
      const receipt = await receiveReferral(past, handler, tell(number), token)
      const waiting = (await database.transaction(as, transaction => listWaiting(transaction))).lines.find(
        line => line.reference === receipt.reference,
      )
      if (!waiting) continue
      const wait = 1 + Math.floor(chance.next() * chance.next() * 20)
      now = new Date(now.getTime() + wait * day)
      if (chance.next() < 0.35) {
        await database.transaction(as, transaction =>
          decideNotOurs(transaction, waiting.caseId, ['not-cyberstalking'], ''),
        )
        continue
      }
      await database.transaction(as, transaction =>
        triageReferral(transaction, as.personId, waiting.caseId, routine, token),
      )
      await createCase(past, coordinator, waiting.caseId, { agencies, how: 'spoken-on-the-phone' }, token)
      now = new Date(Math.min(end, now.getTime() + (60 + Math.floor(chance.next() * 120)) * day))
      const outcome =
        closingOutcomes[Math.floor(chance.next() * chance.next() * closingOutcomes.length)] ?? 'not-known'
      await withCase(database, as, { caseId: waiting.caseId, part: 'triage', mode: 'write' }, transaction =>
        closeCase(transaction, as.personId, waiting.caseId, outcome),
      )
    }
  } finally {
    await database.close()
  }
}

const routine = {
  type: 'not-clear-yet',
  typeReasons: [],
  flags: [],
  judgement: 'routine',
  note: '',
  settled: [],
} as const

function listAsked(): readonly { readonly month: number; readonly number: number }[] {
  return asked.flatMap((many, month) =>
    Array.from({ length: many }, (_, each) => ({ month, number: month * 20 + each })),
  )
}

function tell(number: number): ReferralAnswers {
  return {
    filledBy: 'client',
    clientName: `Earlier Fiction ${number}`,
    words: 'Invented for the figures of the demo.',
    safeToTalk: 'yes',
    dangerNow: 'no',
    adult: 'yes',
    cyberstalked: 'yes',
    postcode: 'TN9 1AA',
    council: { kind: 'unknown' },
    flags: [],
    suspectName: '',
    relation: 'not-known',
    howHeard: 'Invented for the demo',
    wantsContact: 'no',
    agreedWords: 'May we contact them? No.',
    contactChannels: { phone: silent, email: silent, other: silent },
    safeTimes: '',
    voicemail: '',
    codeWords: '',
  }
}
