import { changeInventory } from '../../access-map/operations/change-inventory.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { agreeTo, isOnlyCarriedOver } from '../../contact/carry-over.ts'
import type { ContactPlan, SafeChannel } from '../../contact/contact-plan.ts'
import { askToSend } from '../../contact/operations/ask-to-send.ts'
import { carryOverContact } from '../../contact/operations/carry-over-contact.ts'
import { changeContactPlan } from '../../contact/operations/change-plan.ts'
import { listChannels } from '../../contact/operations/list-channels.ts'
import { loadContactPlan } from '../../contact/operations/load-plan.ts'
import { writeClientWord } from '../../contact/operations/write-client-word.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'

const day = 24 * 60 * 60 * 1000
const workdays = { days: [1, 2, 3, 4, 5], from: '10:00', until: '14:00' }

/**
 * Writes down what was agreed with an invented client about reaching them: a number that is safe, and a mailbox. Where it
 * goes through a mailbox on the map that the suspected person reads, a reminder is asked for to it, and the contact gate refuses
 * it because of what the map says.
 */
export async function playContact(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
  client: { readonly phone: string; readonly mailboxOnMap: string | null },
): Promise<void> {
  // The queue may not have come to it yet.
  await carryOverContact(clinic, caseId)
  await withCase(clinic.database, adviser, { caseId, part: 'contact', mode: 'write' }, async transaction => {
    const before = (await loadContactPlan(clinic, transaction, caseId))?.plan
    if (before && !isOnlyCarriedOver(before)) return
    const rest = {
      safe: 'yes',
      confirmedAt: transaction.now.toISOString(),
      expiresOn: new Date(transaction.now.getTime() + 90 * day).toISOString().slice(0, 10),
      note: '',
      isGone: false,
    } as const
    const channels: readonly SafeChannel[] = [
      { ...rest, channelId: 'c1', kind: 'phone', value: client.phone, mayRemind: false, windows: [workdays] },
      {
        ...rest,
        channelId: 'c2',
        kind: 'email',
        value: 'old.mailbox@example.org',
        mayRemind: true,
        windows: [workdays],
      },
    ]
    const agreed: Partial<ContactPlan> = {
      wants: 'yes',
      voicemail: 'never',
      weSay: 'the blue kettle',
      theySay: 'the green door',
      ifAnotherAnswers: 'Ask for the library and hang up.',
      ifCutOff: 'Do not ring back. She rings the next day.',
      trusted: 'Her sister, at work, mornings.',
      channels: [...channels],
    }
    await changeContactPlan(clinic, transaction, caseId, plan => agreeTo(plan, agreed))
  })
  if (client.mailboxOnMap !== null) await askThroughMap(clinic, adviser, caseId, client.mailboxOnMap)
}

/**
 * Writes down what the client says of their phone: the map knows nothing of it, and it is shown as that. Last of all, because
 * whatever makes the map worse ends it.
 */
export async function playClientWord(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
): Promise<void> {
  await withCase(clinic.database, adviser, { caseId, part: 'contact', mode: 'write' }, async transaction => {
    const { channels } = await listChannels(clinic, transaction, caseId)
    if (channels.find(each => each.channelId === 'c1')?.verdict.basis === 'client') return
    await writeClientWord(clinic, transaction, caseId, {
      channelId: 'c1',
      heard: 'face-to-face',
      words: 'A phone her sister bought; it stays at work.',
      lastDay: new Date(transaction.now.getTime() + 28 * day).toISOString().slice(0, 10),
    })
  })
}

/** Says on the map what the mailbox of the plan goes through, and asks for a reminder to it. */
async function askThroughMap(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
  mailbox: string,
): Promise<void> {
  const by = adviser.personId
  await withCase(clinic.database, adviser, { caseId, part: 'map', mode: 'write' }, async transaction => {
    const { inventory } = await loadInventory(clinic, transaction, caseId)
    const through = inventory.things.filter(each => each.label === mailbox).map(each => each.thingId)
    const change = { kind: 'tie', channelId: 'c2', through, seen: [] } as const
    await changeInventory(clinic, transaction, by, caseId, change, `demo-tie-${caseId}`)
  })
  await withCase(clinic.database, adviser, { caseId, part: 'contact', mode: 'write' }, transaction =>
    askToSend(clinic, transaction, caseId, {
      purpose: 'appointment-reminder',
      channelId: 'c2',
      about: 'demo',
      aboutAt: new Date(transaction.now.getTime() + 3 * day),
    }),
  )
}
