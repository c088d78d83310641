import { z } from 'zod'
import { accessCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { listAgencies } from '../../directory/operations/list-agencies.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CasePart } from '../../foundation/case-part.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type AgencyId, type CaseId, type ConsentId, makeId, type SuspectId } from '../../foundation/ids.ts'
import type { StaffMember } from '../../identity/route.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob } from '../../platform/jobs.ts'
import type { ConsentMethod } from '../consent.ts'
import { consentEdition, writeConsentWords } from '../consent-words.ts'
import { isGone } from '../referral.ts'
import { addCaseFile, addConsent, addSuspect, changeReferral, loadTriage } from '../store.ts'
import { takeUpReferral } from './match-names.ts'
import { wordConsent } from './word-consent.ts'

export type OpeningChoice = {
  readonly agencies: readonly {
    readonly agencyId: AgencyId
    readonly parts: readonly CasePart[]
    /** The first instant at which this consent is over; null when the client set no end. */
    readonly until: Date | null
  }[]
  readonly how: ConsentMethod
}

const refusals = [
  'not-found',
  'not-triaged',
  'lead-agency-missing',
  'own-agency-missing',
  'still-to-ask',
] as const
export type OpeningResult = Decision<{ readonly caseId: CaseId }, (typeof refusals)[number]>

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.enum(refusals) }),
])

type Opener = Pick<StaffMember, 'personId' | 'agencyId'>

/**
 * Creates a case from a triaged referral for the agencies the client agreed to, in one transaction. The lead agency is
 * always party to it, and so is the agency of the person who creates it.
 */
export async function createCase(
  clinic: Clinic,
  opener: Opener,
  caseId: CaseId,
  choice: OpeningChoice,
  formToken: string | null,
): Promise<OpeningResult> {
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId: opener.personId } as const
  return clinic.database.transaction(actor, async transaction => {
    const result = await doOnce(
      transaction,
      'open-case',
      formToken,
      kept => resultSchema.parse(kept),
      () => open(transaction, opener, caseId, choice),
    )
    return result.allowed ? { allowed: true, caseId } : result
  })
}

async function open(
  transaction: Transaction,
  opener: Opener,
  caseId: CaseId,
  choice: OpeningChoice,
): Promise<z.output<typeof resultSchema>> {
  const referral = await takeUpReferral(transaction, caseId)
  if (!referral || isGone(referral.state)) return { allowed: false, because: 'not-found' }
  const triage = await loadTriage(transaction, caseId)
  if (!triage || referral.state !== 'triaged') return { allowed: false, because: 'not-triaged' }
  if (referral.decision.ask.length > 0) return { allowed: false, because: 'still-to-ask' }
  const chosen = new Set(choice.agencies.map(each => each.agencyId))
  const lead = (await listAgencies(transaction)).find(agency => agency.isLead)
  if (!lead || !chosen.has(lead.agencyId)) return { allowed: false, because: 'lead-agency-missing' }
  const own = choice.agencies.find(each => each.agencyId === opener.agencyId)
  if (!own?.parts.includes('referral') || !own.parts.includes('consent')) {
    return { allowed: false, because: 'own-agency-missing' }
  }

  // In this order for the row policies: consents and the suspected person while the file is still a waiting referral …
  for (const agency of choice.agencies) {
    await addConsent(transaction, caseId, {
      consentId: makeId<ConsentId>(transaction.now),
      agencyId: agency.agencyId,
      parts: agency.parts,
      basis: 'consent',
      how: choice.how,
      reason: '',
      recordedAt: transaction.now,
      recordedBy: opener.personId,
      inForceFrom: transaction.now,
      inForceUntil: agency.until,
      words: writeConsentWords(await wordConsent(transaction, { ...agency, how: choice.how })),
      wordsEdition: consentEdition,
    })
    await recordAct(transaction, {
      verb: 'consent-given',
      caseId,
      subject: agency.agencyId,
      detail: { parts: [...agency.parts], until: agency.until?.toISOString() ?? null },
    })
  }
  if (referral.suspectName !== '') {
    await addSuspect(transaction, opener.personId, {
      caseId,
      suspectId: makeId<SuspectId>(transaction.now),
      name: referral.suspectName,
      relation: referral.answers.relation,
    })
  }
  await addCaseFile(transaction, opener.personId, {
    caseId,
    reference: referral.reference,
    clientName: referral.clientName,
    type: triage.type,
    urgency: triage.urgency,
    zone: (await loadProfile(transaction)).timeZone,
  })
  // … then the case is opened, and only then does the referral stop waiting.
  if (!(await accessCase(transaction, { caseId, part: 'referral', mode: 'write' }))) {
    throw new Fault('case-not-opened', 'A case that was just made could not be opened.')
  }
  await changeReferral(transaction, caseId, { state: 'opened' })
  await askForJob(transaction, 'carry-over-contact', { caseId }, { key: `carry-over-contact ${caseId}` })
  await recordAct(transaction, { verb: 'case-made', caseId, detail: { agencies: choice.agencies.length } })
  return { allowed: true }
}
