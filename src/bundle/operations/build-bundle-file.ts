import { Readable } from 'node:stream'
import { openCase, withCase } from '../../audit/operations/open-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { actCodes } from '../../chronology/act-codes.ts'
import { loadChronologyForBundle } from '../../chronology/operations/load-chronology-for-bundle.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { clinicSigner } from '../../evidence/clinic-signer.ts'
import type { WorkingCopy } from '../../evidence/item.ts'
import { keepMadeFile } from '../../evidence/operations/keep-made-file.ts'
import { loadEvidence } from '../../evidence/operations/load-evidence.ts'
import { loadOwnDetails } from '../../evidence/operations/load-own-details.ts'
import { makeWorkingCopy } from '../../evidence/operations/make-working-copy.ts'
import { openCaseKey, openStored } from '../../evidence/operations/open-original.ts'
import type { BundleId, CaseId, ItemId, PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import { roleName } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob } from '../../platform/jobs.ts'
import { applyChoices } from '../apply-choices.ts'
import { buildBundle, readVerifyPage } from '../build.ts'
import type { BundlePerson } from '../bundle-input.ts'
import { findOpenChoices } from '../exhibit-choice.ts'
import { chooseItems, type Gathered, gatherInput, gatherReport } from '../gather-input.ts'
import { prepareFiles } from '../prepare.ts'
import { typesetReport } from '../report.ts'
import { loadBundles, saveBuilt, saveFailure } from '../store.ts'
import { bindBundle } from './bind-bundle.ts'
import { weighItems } from './weigh-exhibits.ts'

/**
 * Builds an approved bundle and keeps it sealed. Its going out is a line of custody of the bundle and of every
 * exhibit in it, which carry the digest of what the clinic signed of it (`bindBundle`). A bundle that is ready already is left as it is. What fails is noted with
 * the code of its fault and thrown on, so that the queue tries again.
 */
export async function buildBundleFile(clinic: Clinic, caseId: CaseId, bundleId: BundleId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-build-bundle' } as const
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'bundle', mode: 'write' }, work)
  const giveUp = (failure: string) =>
    onCase(transaction => saveFailure(transaction, caseId, bundleId, failure))
  const found = await onCase(transaction => gather(clinic, transaction, caseId, bundleId))
  if (!found) return
  if (found.kind === 'not-chosen') {
    // Trying again changes nothing: a person has to choose.
    await giveUp(`${found.references.join(', ')}: ${whatIsNotChosen}`)
    return
  }
  if (found.kind === 'read-again')
    throw new Fault('exhibits-read-again', 'Exhibits are looked through again before a bundle leaves.')
  const { caseKey } = found
  try {
    const copies = new Map<ItemId, WorkingCopy>()
    for (const { item } of found.gathered.items.filter(each =>
      found.gathered.applied.copied.has(each.item.itemId),
    )) {
      const copy = await makeWorkingCopy(clinic, actor, caseId, caseKey, item)
      if (!copy) {
        await giveUp(`${item.exhibitRef}: ${whyNoCopy}`)
        return
      }
      copies.set(item.itemId, copy)
    }
    const gathered = { ...found.gathered, copies }
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
    const files = prepareFiles(input, report, readVerifyPage())
    const itemIds = new Map(gathered.items.map(({ item }) => [item.sha256, item.itemId]))
    const signed = await onCase(transaction => bindBundle(clinic, transaction, caseId, input, files, itemIds))
    if (!signed) throw new Fault('bundle-case-missing', 'The case of a bundle is not there.')
    const made = await keepMadeFile(clinic, caseId, caseKey, buildBundle(input, files, signed))
    await onCase(async transaction => {
      await saveBuilt(transaction, caseId, bundleId, { ...made, fileName: `${input.reference}.zip` })
      await recordAct(transaction, {
        verb: 'bundle-built',
        caseId,
        part: 'bundle',
        subject: bundleId,
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

const whatIsNotChosen =
  'since this bundle was approved, something was found that could give the client away, or could not be looked through. ' +
  'Nothing has left. Ask for the bundle again and choose what becomes of it.'
const whyNoCopy =
  'no working copy can be made of this picture, because it cannot be decoded. Nothing has left. Ask for the bundle ' +
  'again, and leave the picture out or send the original.'

type Found =
  | { readonly kind: 'gathered'; readonly caseKey: Buffer; readonly gathered: Gathered }
  /** Exhibits that were looked through for other details of the client than those the clinic holds now. */
  | { readonly kind: 'read-again' }
  | { readonly kind: 'not-chosen'; readonly references: readonly string[] }

async function gather(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
): Promise<Found | null> {
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
  const own = await loadOwnDetails(clinic, transaction, caseId)
  const chosen = request.choices.exhibits
  const weighed = await weighItems(transaction, caseId, chooseItems(chronology.entries, items))
  const open = findOpenChoices(weighed, chosen)
  if (open.length > 0) return { kind: 'not-chosen', references: open.map(({ reference }) => reference) }
  const old = weighed.filter(each => chosen[each.itemId] === undefined && each.lookedFor !== own.token)
  for (const { itemId } of old)
    await askForJob(transaction, 'read-item', { caseId, itemId }, { key: `read-item ${itemId}` })
  if (old.length > 0) return { kind: 'read-again' }
  const signer = clinicSigner(clinic.key, clinic.clinicId)
  return {
    kind: 'gathered',
    caseKey: await openCaseKey(clinic, transaction, caseId),
    gathered: {
      request,
      number: all.length - all.findIndex(bundle => bundle.bundleId === bundleId),
      caseReference: line.reference,
      clinicName: (await loadProfile(transaction)).name,
      requestedBy: personOf(request.askedBy),
      approvedBy: personOf(request.decidedBy),
      applied: applyChoices(chronology.entries, weighed, chosen, own.details),
      weighed,
      copies: new Map(),
      conduct: chronology.conduct,
      limits: chronology.limits,
      items,
      clinicKey: { name: signer.name, publicKey: signer.publicKey },
    },
  }
}
