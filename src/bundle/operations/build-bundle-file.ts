import { Readable } from 'node:stream'
import { openCase, withCase } from '../../audit/operations/open-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { actCodes } from '../../chronology/act-codes.ts'
import { loadChronologyForBundle } from '../../chronology/operations/load-chronology-for-bundle.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { clinicSigner } from '../../evidence/clinic-signer.ts'
import { parseCustodyLine } from '../../evidence/custody-line.ts'
import { appendCustody } from '../../evidence/operations/append-custody.ts'
import { keepMadeFile } from '../../evidence/operations/keep-made-file.ts'
import { loadCustody } from '../../evidence/operations/load-custody.ts'
import { loadEvidence } from '../../evidence/operations/load-evidence.ts'
import { openCaseKey, openStored } from '../../evidence/operations/open-original.ts'
import type { BundleId, CaseId, PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import { roleName } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { buildBundle } from '../build.ts'
import type { BundlePerson } from '../bundle-input.ts'
import { chooseItems, type Gathered, gatherInput, gatherReport } from '../gather-input.ts'
import { makeExcerpt } from '../make-excerpt.ts'
import { typesetReport } from '../report.ts'
import { loadBundles, saveBuilt, saveFailure } from '../store.ts'

/**
 * Builds an approved bundle and keeps it sealed. Its going out is a line of custody on every exhibit in it, written
 * once however often the building is tried. A bundle that is ready already is left as it is. What fails is noted with
 * the code of its fault and thrown on, so that the queue tries again.
 */
export async function buildBundleFile(clinic: Clinic, caseId: CaseId, bundleId: BundleId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-build-bundle' } as const
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'bundle', mode: 'write' }, work)
  const found = await onCase(transaction => gather(clinic, transaction, caseId, bundleId))
  if (!found) return
  const { caseKey, gathered } = found
  try {
    const input = gatherInput(gathered, item =>
      Readable.from(
        (async function* () {
          yield* await openStored(clinic, caseId, caseKey, item)
        })(),
        { objectMode: false },
      ),
    )
    const codes = actCodes.map(each => ({
      code: each.paragraph ? `(${each.paragraph})` : 'other',
      words: each.name,
    }))
    const report = await typesetReport(gatherReport(input, codes))
    const made = await keepMadeFile(clinic, caseId, caseKey, buildBundle(input, report))
    await onCase(async transaction => {
      await saveBuilt(transaction, caseId, bundleId, { ...made, fileName: `${input.reference}.zip` })
      await recordAct(transaction, {
        verb: 'bundle-built',
        caseId,
        part: 'bundle',
        subject: bundleId,
        detail: { sha256: made.sha256 },
      })
    })
  } catch (cause) {
    const code = cause instanceof Fault ? cause.code : 'bundle-not-built'
    await onCase(transaction =>
      saveFailure(
        transaction,
        caseId,
        bundleId,
        `The bundle could not be built (${code}). It is tried again.`,
      ),
    )
    throw new Fault(code, 'A bundle could not be built.', { cause })
  }
}

async function gather(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
): Promise<{ readonly caseKey: Buffer; readonly gathered: Gathered } | null> {
  const all = await loadBundles(transaction, caseId)
  const request = all.find(bundle => bundle.bundleId === bundleId)
  if (!request || !['building', 'failed'].includes(request.state)) return null
  // To be written too is what the line of time is reckoned from: duplicates are marked before it is read.
  await openCase(transaction, { caseId, part: 'chronology', mode: 'write' })
  for (const part of ['evidence', 'overview'] as const) {
    await openCase(transaction, { caseId, part, mode: 'read' })
  }
  const { people } = await listPeople(transaction)
  const personOf = (personId: PersonId | null): BundlePerson => {
    const person = people.find(each => each.personId === personId)
    if (!person)
      throw new Fault('bundle-person-missing', 'Somebody who asked for or approved a bundle is not there.')
    return { name: person.name, role: roleName(person.role), agency: person.agencyName }
  }
  const line = await findCaseLine(transaction, caseId)
  if (!line) throw new Fault('bundle-case-missing', 'The case of a bundle is not there.')
  const chronology = await loadChronologyForBundle(transaction, caseId, { records: request.choices.records })
  const { items } = await loadEvidence(transaction, caseId)
  const chosen = chooseItems(chronology.entries, items).map(({ item }) => item)

  const isWritten = (text: string): boolean => {
    const kept = parseCustodyLine(JSON.parse(text))
    return kept?.act === 'exported' && kept.detail['bundle'] === bundleId
  }
  if (!(await loadCustody(transaction, caseId)).texts.some(isWritten)) {
    await appendCustody(
      clinic,
      transaction,
      caseId,
      chosen.map(item => ({ act: 'exported', item, detail: { bundle: bundleId, exhibit: item.exhibitRef } })),
    )
  }
  const custody = await loadCustody(transaction, caseId)
  const signer = clinicSigner(clinic.key, clinic.clinicId)
  return {
    caseKey: await openCaseKey(clinic, transaction, caseId),
    gathered: {
      request,
      number: all.length - all.findIndex(bundle => bundle.bundleId === bundleId),
      caseReference: line.reference,
      clinicName: (await loadProfile(transaction)).name,
      requestedBy: personOf(request.askedBy),
      approvedBy: personOf(request.decidedBy),
      entries: chronology.entries,
      conduct: chronology.conduct,
      limits: chronology.limits,
      items,
      custody: makeExcerpt(custody.texts, new Set(chosen.map(item => item.sha256)), custody.receiptSizes),
      checkpoint: custody.checkpoint,
      clinicKey: { name: signer.name, publicKey: signer.publicKey },
    },
  }
}
