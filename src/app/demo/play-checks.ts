import { readList } from '../../access-map/device-check/read-list.ts'
import { changeCheck } from '../../access-map/operations/change-check.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { recordCheck } from '../../access-map/operations/record-check.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { type CaseId, type DeviceCheckId, parseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'

/** The devices that an invented account showed on its page, as they were copied from it. */
const copied = `Lena’s phone
iPhone 13
This iPhone

Kitchen tablet
iPad (8th generation)
Last seen yesterday

Office
MacBook Air 13"
Last seen today
`

/**
 * Two checks of what an invented client has: a phone on which nothing was found, and an account on which a device is
 * signed in that the client does not know. Nothing happens where the case has no such things.
 */
export async function playChecks(
  clinic: Clinic,
  adviser: Extract<Actor, { kind: 'person' }>,
  caseId: CaseId,
  labels: { readonly phone: string; readonly account: string },
): Promise<void> {
  const day = clinic.clock.now().toISOString().slice(0, 10)
  const by = adviser.personId
  const lookedBy = 'The cyber adviser, with the client beside her'
  await withCase(clinic.database, adviser, { caseId, part: 'map', mode: 'write' }, async transaction => {
    const { inventory } = await loadInventory(clinic, transaction, caseId)
    const find = (label: string) => inventory.things.find(each => each.label === label)?.thingId
    const [phone, account] = [find(labels.phone), find(labels.account)]
    const bytes = Buffer.from(copied, 'utf8')
    const read = readList('devices', bytes, [], day)
    if (!phone || !account || !read.ok) return
    const seen = {
      version: 1,
      looked: ['apps', 'profiles'],
      way: 'in-hand',
      lookedBy,
      day,
      found: false,
      words: 'The client knows every app that shows. No profile, and no device management.',
      list: null,
    } as const
    const first = { check: { ...seen, looked: [...seen.looked] }, list: null }
    await recordCheck(clinic, transaction, by, caseId, phone, first, 'demo-check-phone')
    const second = {
      check: {
        ...seen,
        looked: ['sessions' as const],
        way: 'account-page' as const,
        words: '',
        list: read.list,
      },
      list: bytes,
    }
    const made = await recordCheck(clinic, transaction, by, caseId, account, second, 'demo-check-account')
    const checkId = made.allowed ? parseId<DeviceCheckId>(made.checkId) : null
    if (!checkId) return
    const known = new Map(read.list.devices.map(({ name }, at) => [at, name !== 'Office'] as const))
    await changeCheck(clinic, transaction, by, caseId, checkId, { kind: 'devices-answered', seen: 1, known })
  })
}
