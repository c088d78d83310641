import { availableParallelism } from 'node:os'
import { type Apart, startApart } from '../platform/apart.ts'
import type { Clinic } from '../platform/clinic.ts'
import { packClinicKey } from '../platform/keys.ts'

/** Makes ready the processes in which the heavy work of a clinic is done; `memory` in mebibytes for each. */
export function startApartFor(clinic: Clinic, memory: number): Apart {
  const { clinicId, blobFolder, spoolFolder, isDemo, site, log } = clinic
  const programUrl = clinic.database.pool.options.connectionString ?? ''
  const cores = availableParallelism()
  return startApart({
    // The built one, whatever started this program.
    entry: new URL('../../dist/app/work-apart.js', import.meta.url),
    context: { clinicId, programUrl, key: packClinicKey(clinic.key), blobFolder, spoolFolder, isDemo, site },
    memory,
    // One core is left to the people who wait for an answer.
    jobProcesses: Math.max(1, Math.min(2, cores - 1)),
    calculationProcesses: Math.max(2, Math.min(4, cores)),
    log,
  })
}
