import { buildClinic, chooseClinic, prepareContext } from '../app/build-clinic.ts'
import { findCaseByReference, findCaseLine } from '../cases/operations/list-caseload.ts'
import { type CaseId, parseId } from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import { readConfig } from '../platform/config.ts'
import { readClinicKey } from '../platform/keys.ts'
import { jsonLog } from '../platform/log.ts'
import { reportConfigProblems } from './report-config-problems.ts'
import type { Terminal } from './terminal.ts'

/**
 * Opens the installation's clinic for a command, beside a server that may be running, and closes it again.
 */
export async function onClinic(
  terminal: Terminal,
  work: (clinic: Clinic) => Promise<number>,
): Promise<number> {
  const answer = readConfig(process.env, process.cwd())
  if (!answer.ok) return reportConfigProblems(answer.problems, terminal)
  const { config } = answer
  const log = jsonLog(
    line => terminal.err(line.trimEnd()),
    () => new Date(),
  )
  const key = await readClinicKey(config.keyFile, config.dataFolder)
  const context = await prepareContext(config, key, log, { besideServer: true })
  try {
    const chosen = await chooseClinic(context, config, key)
    if (!chosen) {
      terminal.err('There is no clinic here yet. Run `unwatched setup` first.')
      return 78
    }
    const clinic = buildClinic(context, config, key, chosen, log)
    try {
      return await work(clinic)
    } finally {
      await clinic.database.close()
    }
  } finally {
    await context.stop()
  }
}

/**
 * Does a command's work about one case, named by its reference or its id. The command line acts as the task
 * `job-command-line`: each access is recorded under that name.
 */
export async function onCaseOfClinic(
  caseName: string,
  terminal: Terminal,
  work: (clinic: Clinic, caseId: CaseId) => Promise<number>,
): Promise<number> {
  return onClinic(terminal, async clinic => {
    const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-command-line' } as const
    const caseId = parseId<CaseId>(caseName)
    const found = await clinic.database.transaction(actor, transaction =>
      caseId
        ? findCaseLine(transaction, caseId)
        : findCaseByReference(transaction, caseName.trim().toUpperCase()),
    )
    if (!found) {
      terminal.err(
        `There is no open case ${caseName} in this clinic. Give the reference that is shown on the case's page.`,
      )
      return 2
    }
    return work(clinic, found.caseId)
  })
}
