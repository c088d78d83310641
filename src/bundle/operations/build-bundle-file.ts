import { accessCase, withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { actCodes } from '../../chronology/act-codes.ts'
import type { BundleEntry } from '../../chronology/bundle-entry.ts'
import { loadChronologyForBundle } from '../../chronology/operations/load-chronology-for-bundle.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { clinicSigner } from '../../evidence/clinic-signer.ts'
import type { ListedItem, WorkingCopy } from '../../evidence/item.ts'
import { keepMadeFile } from '../../evidence/operations/keep-made-file.ts'
import { loadEvidence } from '../../evidence/operations/load-evidence.ts'
import { loadOwnDetails } from '../../evidence/operations/load-own-details.ts'
import { makeWorkingCopy } from '../../evidence/operations/make-working-copy.ts'
import { openCaseKey, readUndigested } from '../../evidence/operations/open-original.ts'
import { sayNotRead } from '../../evidence/say-reading.ts'
import type { BundleId, CaseId, ItemId, PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import { roleName } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob, type JobEnd } from '../../platform/jobs.ts'
import { spoolLines } from '../../platform/spool-lines.ts'
import { findChosen, makeChooser } from '../apply-choices.ts'
import { buildBundle, readVerifyPage } from '../build.ts'
import type { BundlePerson } from '../bundle-input.ts'
import { findOpenChoices } from '../exhibit-choice.ts'
import { type Gathered, gatherInput, gatherReport } from '../gather-input.ts'
import { prepareFiles } from '../prepare.ts'
import { loadBundles, saveBuilt, saveFailure } from '../store.ts'
import { bindBundle } from './bind-bundle.ts'
import { weighItems } from './weigh-exhibits.ts'
import { type LaidRows, layAsideRows, type WrittenChronology, writeChronology } from './write-chronology.ts'

/**
 * Builds an approved bundle and keeps it sealed. The custody log gets a line for the bundle and for every exhibit in
 * it, with the digest of what the clinic signed (`bindBundle`). A bundle that is ready already is left as it is. A
 * failure is noted with the code of its fault and thrown on, so that the queue tries again.
 */
export async function buildBundleFile(clinic: Clinic, caseId: CaseId, bundleId: BundleId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-build-bundle' } as const
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'bundle', mode: 'write' }, work)
  const giveUp = (failure: string) =>
    onCase(transaction => saveFailure(transaction, caseId, bundleId, failure))
  const found = await onCase(transaction => gather(clinic, transaction, caseId, bundleId))
  if (!found) return 'not-found'
  // Built before, refused or taken back: there is nothing to build.
  if (found.kind === 'not-asked-for') return 'rightly-nothing'
  if (found.kind === 'not-chosen') {
    // Trying again changes nothing: a person has to choose.
    await giveUp(`${found.references.join(', ')}: ${whatIsNotChosen}`)
    return 'done'
  }
  if (found.kind === 'read-again')
    throw new Fault('exhibits-read-again', 'Exhibits are looked through again before a bundle leaves.')
  const { caseKey, laid } = found
  let chronology: WrittenChronology | undefined
  try {
    const copies = new Map<ItemId, WorkingCopy>()
    for (const { item } of found.gathered.going.filter(each => found.copied.has(each.item.itemId))) {
      const copy = await makeWorkingCopy(clinic, actor, caseId, caseKey, item)
      if (!copy) {
        await giveUp(`${item.exhibitRef}: ${whyNoCopy}`)
        return 'done'
      }
      copies.set(item.itemId, copy)
    }
    const gathered = { ...found.gathered, copies }
    // Each is read once: the digest is taken while it is copied, and a bundle with another is not kept.
    const facts = gatherInput(gathered, item => readUndigested(clinic, caseId, caseKey, item))
    const codes = actCodes.map(each => ({
      code: each.paragraph ? `(${each.paragraph})` : 'other',
      words: each.name,
    }))
    chronology = await writeChronology(clinic.spoolFolder, laid, gatherReport(facts, codes))
    const input = { ...facts, chronology }
    const files = prepareFiles(input, readVerifyPage())
    const itemIds = new Map(gathered.going.map(({ item }) => [item.sha256, item.itemId]))
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
    return 'done'
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
  } finally {
    await chronology?.close()
    await laid.rows.close()
  }
}

const whatIsNotChosen =
  'since this bundle was approved, something was found that could give the client away, or could not be looked through. ' +
  'Nothing has left. Ask for the bundle again and choose what becomes of it.'
const whyNoCopy =
  'no working copy can be made of this picture, because it cannot be decoded. Nothing has left. Ask for the bundle ' +
  'again, and leave the picture out or send the original.'

type Found =
  | { readonly kind: 'not-asked-for' }
  | {
      readonly kind: 'gathered'
      readonly caseKey: Buffer
      readonly gathered: Gathered
      readonly laid: LaidRows
      /** The items that a working copy replaces. */
      readonly copied: ReadonlySet<ItemId>
    }
  /** Exhibits that were searched for other details of the client than those the clinic holds now. */
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
  if (!request) return null
  if (!['building', 'failed'].includes(request.state)) return { kind: 'not-asked-for' }
  // The transaction may also write, because the timeline needs it: duplicates are marked before it is read.
  await accessCase(transaction, { caseId, part: 'chronology', mode: 'write' })
  for (const part of ['evidence', 'overview'] as const) {
    await accessCase(transaction, { caseId, part, mode: 'read' })
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
  const { spooled, itemIds } = await spoolEntries(clinic.spoolFolder, chronology.entries)
  try {
    const cited = items.filter(({ item }) => itemIds.has(item.itemId))
    const weighed = await weighItems(transaction, caseId, cited)
    const open = findOpenChoices(weighed, chosen)
    if (open.length > 0) return { kind: 'not-chosen', references: open.map(({ reference }) => reference) }
    const old = weighed.filter(each => chosen[each.itemId] === undefined && each.searchedFor !== own.token)
    for (const { itemId } of old)
      await askForJob(transaction, 'read-item', { caseId, itemId }, { key: `read-item ${itemId}` })
    if (old.length > 0) return { kind: 'read-again' }
    const signer = clinicSigner(clinic.key, clinic.clinicId)
    const leftOut = findChosen(weighed, chosen, 'leave-out')
    const chooser = makeChooser(weighed, chosen, own.details)
    const laid = await layAsideRows(clinic.spoolFolder, spooled.read(), chooser)
    return {
      kind: 'gathered',
      laid,
      copied: findChosen(weighed, chosen, 'working-copy'),
      caseKey: await openCaseKey(clinic, transaction, caseId),
      gathered: {
        request,
        number: all.length - all.findIndex(bundle => bundle.bundleId === bundleId),
        caseReference: line.reference,
        clinicName: (await loadProfile(transaction)).name,
        requestedBy: personOf(request.askedBy),
        approvedBy: personOf(request.decidedBy),
        incidents: laid.incidents,
        records: laid.records,
        notRead: laid.rows.count - laid.incidents - laid.records,
        notIncluded: chooser.notIncluded(),
        weighed,
        copies: new Map(),
        conduct: chronology.conduct,
        limits: chronology.limits,
        going: cited.filter(({ item }) => !leftOut.has(item.itemId)),
        uncited: countUncited(items.filter(({ item }) => !itemIds.has(item.itemId))),
        clinicKey: { name: signer.name, publicKey: signer.publicKey },
      },
    }
  } finally {
    await spooled.close()
  }
}

/** Nobody can say that an unread item holds nothing that matters, so it is counted by itself. */
function countUncited(items: readonly ListedItem[]): Gathered['uncited'] {
  const notRead = items.filter(({ reading }) => sayNotRead(reading) !== null).length
  return { read: items.length - notRead, notRead }
}

/** Lays the entries aside as they come, and answers which items they cite. */
async function spoolEntries(spoolFolder: string, entries: AsyncIterable<BundleEntry>) {
  const itemIds = new Set<ItemId>()
  async function* watched(): AsyncGenerator<BundleEntry> {
    for await (const entry of entries) {
      for (const { itemId } of entry.sources) itemIds.add(itemId)
      yield entry
    }
  }
  return { spooled: await spoolLines(spoolFolder, watched()), itemIds }
}
