import { listClinics } from '../app/build-clinic.ts'
import type { Act } from '../audit/act.ts'
import { recordAct } from '../audit/operations/record-act.ts'
import type { Config } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { type ClinicKey, deriveSecret } from '../platform/keys.ts'
import { prepareProgramRole } from '../platform/program-role.ts'

/** Records what the command line did with the whole installation in each clinic's own acts. */
export async function recordActEverywhere(
  ownerUrl: string,
  config: Pick<Config, 'databaseProgramUrl'>,
  key: ClinicKey,
  act: Act,
): Promise<void> {
  const programUrl =
    config.databaseProgramUrl ??
    (await prepareProgramRole(ownerUrl, deriveSecret(key, 'database-program-role').toString('hex')))
  const database = openDatabase(programUrl, { now: () => new Date(), connections: 1 })
  try {
    for (const { clinicId } of await listClinics(ownerUrl)) {
      const actor = { kind: 'task', clinicId, task: 'job-command-line' } as const
      await database.transaction(actor, transaction => recordAct(transaction, act))
    }
  } finally {
    await database.close()
  }
}
