import type { CaseId } from '../../src/foundation/ids.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'
import type { TestClinic } from '../support/test-clinic.ts'
import type { Orders } from './take-in-forever.ts'

/** What a program of its own needs to work in a test's clinic. */
export async function ordersFor(world: TestClinic, caseId: CaseId): Promise<Orders> {
  const { clinicId, key, blobFolder, spoolFolder } = world.clinic
  return {
    programUrl: await prepareProgramRole(world.ownerUrl, 'test'),
    clinicId,
    caseId,
    personId: world.people['cyber-adviser'],
    wrapping: key.wrapping.toString('base64'),
    signing: key.signing.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    blobFolder,
    spoolFolder,
  }
}
