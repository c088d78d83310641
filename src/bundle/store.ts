import { sql } from 'kysely'
import { z } from 'zod'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { AgencyId, BundleId, CaseId, PersonId } from '../foundation/ids.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
} from '../foundation/page-of-list.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import { pageRows } from '../platform/page-rows.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, padJson, sealValue } from '../platform/seal-value.ts'
import type {
  BundleInShort,
  BundlePurpose,
  BundleRequest,
  BundleState,
  Recipient,
  RequestedChoices,
} from './bundle-request.ts'
import { failurePart, madeContent, madePart } from './sealed-bundle.ts'

type BundleRow = {
  bundle_id: BundleId
  purpose: BundlePurpose
  for_agency: AgencyId | null
  for_agency_name: string | null
  choices: unknown
  state: BundleState
  asked_by: PersonId
  asked_by_name: string
  asked_at: Date
  decided_by: PersonId | null
  decided_by_name: string | null
  decided_at: Date | null
  decision_note: string
  made: Buffer | null
  blob_id: string | null
  built_at: Date | null
  why_failed: Buffer | null
}

// What is to go in, with the note to the person who opens it, and the note of the person who decides.
const choicesField = 'bundle-choices'
// A request from before exhibits were chosen names none, so everything that needs a choice stops it.
const noChoices: RequestedChoices = { records: 'in-incidents', note: '', exhibits: {} }
const noteField = 'bundle-note'

/** In bytes, before they are sealed: how many exhibits were chosen for does not show. */
const leastChoices = 4096
const notMade = { fileName: null, size: null, sha256: null }

const toRequest = (row: BundleRow, seal: CaseSeal): Omit<BundleRequest, 'choices' | 'decisionNote'> => ({
  bundleId: row.bundle_id,
  purpose: row.purpose,
  forAgencyId: row.for_agency,
  forAgencyName: row.for_agency_name,
  state: row.state,
  askedBy: row.asked_by,
  askedByName: row.asked_by_name,
  askedAt: row.asked_at,
  decidedBy: row.decided_by,
  decidedByName: row.decided_by_name,
  decidedAt: row.decided_at,
  ...(row.made ? madeContent.parse(openValue(seal, madePart(row.bundle_id).field, row.made)) : notMade),
  blobId: row.blob_id,
  builtAt: row.built_at,
  failure: row.why_failed
    ? z.string().parse(openValue(seal, failurePart(row.bundle_id).field, row.why_failed))
    : '',
})

/** Bundles of a case, newest first; or the one named, or the one a form already made. */
export async function loadBundles(
  transaction: Transaction,
  caseId: CaseId,
  by: {
    readonly bundleId?: BundleId
    readonly formToken?: string
    readonly lock?: boolean
    readonly among?: readonly BundleId[]
  } = {},
): Promise<readonly BundleRequest[]> {
  const found = await sql<BundleRow>`
    select b.bundle_id, b.purpose, b.for_agency, g.name as for_agency_name, b.choices, b.state, b.asked_by,
           coalesce(a.name, '') as asked_by_name, b.asked_at, b.decided_by, d.name as decided_by_name, b.decided_at, b.decision_note,
           b.made, b.blob_id, b.built_at, b.why_failed
    from unwatched.bundle b
    left join unwatched.agency g on g.clinic_id = b.clinic_id and g.agency_id = b.for_agency
    left join unwatched.person a on a.clinic_id = b.clinic_id and a.person_id = b.asked_by
    left join unwatched.person d on d.clinic_id = b.clinic_id and d.person_id = b.decided_by
    where b.clinic_id = ${transaction.actor.clinicId} and b.case_id = ${caseId}
      and (${by.bundleId ?? null}::uuid is null or b.bundle_id = ${by.bundleId ?? null}::uuid)
      and (${by.formToken ?? null}::text is null or b.form_token = ${by.formToken ?? null}::text)
      ${by.among ? sql`and b.bundle_id = any (${[...by.among]}::uuid[])` : sql``}
    order by b.asked_at desc, b.bundle_id ${by.lock ? sql`for update of b` : sql``}`.execute(
    transaction.tables(),
  )
  const { open, openJson } = fileTexts(transaction, caseId)
  const seal = await caseSealOf(transaction, caseId)
  return found.rows.map(row => ({
    ...toRequest(row, seal),
    choices: { ...noChoices, ...(openJson(choicesField, row.choices) as Partial<RequestedChoices>) },
    decisionNote: open(noteField, row.decision_note),
  }))
}

/** What for, when and in which state each bundle was asked for, the newest first. */
export async function loadBundleStates(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly BundleInShort[]> {
  const found = await sql<Pick<BundleRow, 'purpose' | 'state' | 'asked_at'>>`
    select b.purpose, b.state, b.asked_at from unwatched.bundle b
    where b.clinic_id = ${transaction.actor.clinicId} and b.case_id = ${caseId}
    order by b.asked_at desc, b.bundle_id`.execute(transaction.tables())
  return found.rows.map(({ purpose, state, asked_at }) => ({ purpose, state, askedAt: asked_at }))
}

/** A page of the bundles of a case, the newest first. */
export async function loadBundlePage(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
): Promise<PageOfList<BundleRequest>> {
  const { clinicId } = transaction.actor
  const ids = sql`select b.bundle_id from unwatched.bundle b
    where b.clinic_id = ${clinicId} and b.case_id = ${caseId}
      ${
        place.after === null
          ? sql``
          : sql`and (b.asked_at, b.bundle_id) < (select l.asked_at, l.bundle_id from unwatched.bundle l
              where l.clinic_id = ${clinicId} and l.case_id = ${caseId} and l.bundle_id = ${place.after})`
      }
    order by b.asked_at desc, b.bundle_id desc`
  const { rows } = await sql<PagedRow & { id: BundleId }>`select r.place, r.counted, r.id
    from ${pageRows(ids, place)} r order by r.place`.execute(transaction.tables())
  const page = makePageOfList(
    rows,
    place,
    row => row.id,
    row => row.id,
  )
  const found = page.count === 0 ? [] : await loadBundles(transaction, caseId, { among: page.lines })
  const lines = page.lines.flatMap(id => found.filter(bundle => bundle.bundleId === id))
  return { ...page, lines }
}

export async function addBundle(
  transaction: Transaction,
  caseId: CaseId,
  bundle: {
    readonly bundleId: BundleId
    readonly purpose: BundlePurpose
    readonly forAgency: AgencyId | null
    readonly choices: RequestedChoices
    readonly askedBy: PersonId
    readonly formToken: string | null
  },
): Promise<void> {
  const { sealJson } = fileTexts(transaction, caseId)
  const choices = sealJson(choicesField, padJson(bundle.choices, leastChoices))
  await sql`insert into unwatched.bundle (clinic_id, case_id, bundle_id, purpose, for_agency, choices, state, asked_by,
      asked_at, form_token)
    values (${transaction.actor.clinicId}, ${caseId}, ${bundle.bundleId}, ${bundle.purpose}, ${bundle.forAgency},
      ${choices}::jsonb, 'asked', ${bundle.askedBy}, ${transaction.now}, ${bundle.formToken})
    on conflict (clinic_id, case_id, form_token) do nothing`.execute(transaction.tables())
}

export async function saveDecision(
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
  decision: { readonly state: 'building' | 'refused'; readonly by: PersonId; readonly note: string },
): Promise<void> {
  const note = fileTexts(transaction, caseId).seal(noteField, decision.note)
  await sql`update unwatched.bundle set state = ${decision.state}, decided_by = ${decision.by},
      decided_at = ${transaction.now}, decision_note = ${note}
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and bundle_id = ${bundleId}`.execute(
    transaction.tables(),
  )
}

export async function saveBuilt(
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
  built: {
    readonly blobId: string
    readonly fileName: string
    readonly size: number
    readonly sha256: string
  },
): Promise<void> {
  const { blobId, ...content } = built
  const { field, least } = madePart(bundleId)
  const seal = await caseSealOf(transaction, caseId)
  await sql`update unwatched.bundle set state = 'ready', blob_id = ${blobId},
      made = ${sealValue(seal, field, madeContent.parse(content), least)},
      built_at = ${transaction.now}, why_failed = null
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and bundle_id = ${bundleId}`.execute(
    transaction.tables(),
  )
}

export async function saveFailure(
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
  failure: string,
): Promise<void> {
  const { field, least } = failurePart(bundleId)
  const sealed = sealValue(await caseSealOf(transaction, caseId), field, failure, least)
  await sql`update unwatched.bundle set state = 'failed', why_failed = ${sealed}
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and bundle_id = ${bundleId}`.execute(
    transaction.tables(),
  )
}

/** Agencies whose consent in force covers bundles. The case must be open for its consents too. */
export async function loadRecipients(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Recipient[]> {
  const found = await sql<Pick<Row<'agency'>, 'agency_id' | 'name' | 'kind'>>`
    select g.agency_id, g.name, g.kind
    from unwatched.consent c
    join unwatched.agency g on g.clinic_id = c.clinic_id and g.agency_id = c.agency_id
    where c.clinic_id = ${transaction.actor.clinicId} and c.case_id = ${caseId} and 'bundle' = any (c.parts)
      and c.in_force_from <= ${transaction.now} and c.withdrawn_at is null
      and (c.in_force_until is null or c.in_force_until > ${transaction.now})
    order by g.name`.execute(transaction.tables())
  return found.rows.map(row => ({ agencyId: row.agency_id, name: row.name, kind: row.kind }))
}
