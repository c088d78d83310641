import type { CaseId, ClinicId, PersonId } from '../../src/foundation/ids.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { type Clock, realClock } from '../../src/platform/clock.ts'
import { type Actor, openDatabase } from '../../src/platform/database.ts'
import { packClinicKey, unpackClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'
import type { MailSettings } from '../../src/platform/smtp-settings.ts'
import type { TestClinic } from './test-clinic.ts'

/** What a test tells a program of its own: whose clinic it works in. It goes in the variable ORDERS. */
export type ClinicOrders = {
  readonly programUrl: string
  readonly clinicId: ClinicId
  /** The two halves of the clinic's key, in base64. */
  readonly wrapping: string
  readonly signing: string
  readonly blobFolder: string
  readonly spoolFolder: string
}

/** And in which case, as whom. */
export type Orders = ClinicOrders & { readonly caseId: CaseId; readonly personId: PersonId }

/** What a program of its own needs to work in a test's clinic, as its adviser. */
export async function ordersFor(world: TestClinic, caseId: CaseId): Promise<Orders> {
  const { clinicId, key, blobFolder, spoolFolder } = world.clinic
  const { wrapping, signing } = packClinicKey(key)
  return {
    programUrl: await prepareProgramRole(world.ownerUrl, 'test'),
    clinicId,
    caseId,
    personId: world.people['cyber-adviser'],
    wrapping: Buffer.from(wrapping).toString('base64'),
    signing: Buffer.from(signing).toString('base64'),
    blobFolder,
    spoolFolder,
  }
}

/** In the program: what it was told. */
export const readOrders = <Told extends ClinicOrders = Orders>(): Told =>
  JSON.parse(process.env['ORDERS'] ?? '{}')

/** In the program: the clinic that it was told of, opened. */
export function openOrdered(
  { programUrl, clinicId, wrapping, signing, blobFolder, spoolFolder }: ClinicOrders,
  options: { readonly connections: number; readonly clock?: Clock; readonly mail?: MailSettings },
): Clinic {
  const clock = options.clock ?? realClock
  const key = unpackClinicKey({
    wrapping: Buffer.from(wrapping, 'base64'),
    signing: Buffer.from(signing, 'base64'),
  })
  return {
    clinicId,
    key,
    database: openDatabase(programUrl, { now: clock.now, key, connections: options.connections }),
    clock,
    log: silentLog,
    blobFolder,
    spoolFolder,
    indicatorFolder: null,
    isDemo: false,
    mail: options.mail ?? null,
    site: { behindTls: false, onLoopback: true, leaveTo: 'https://example.org/' },
  }
}

/** In the program: as whom it works. */
export const actorOf = ({ clinicId, personId }: Orders): Extract<Actor, { kind: 'person' }> => ({
  kind: 'person',
  clinicId,
  personId,
})
