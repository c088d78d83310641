import { setTimeout as pause } from 'node:timers/promises'
import type { StandbyServer } from '../app/standby-server.ts'
import { codeOfTrouble, type DatabaseTrouble, findTrouble, sayTrouble } from '../platform/database-trouble.ts'
import { Fault, timeOfFault } from '../platform/fault.ts'
import type { Log } from '../platform/log.ts'
import type { Terminal } from './terminal.ts'

/** In milliseconds. */
const between = 2000
/** The log is told again after so many tries. */
const triesBetweenLines = 30

/**
 * Does what a start needs of the database, again and again while the database is away, starting, read-only or full.
 * Meanwhile the address answers: a form that somebody had open is given back. Anything else that goes wrong is a
 * person's to mend, and ends the start.
 */
export async function waitForDatabase<Answer>(
  work: () => Promise<Answer>,
  base: {
    readonly log: Log
    readonly terminal: Terminal
    /** Listens already, when the first try was in vain. */
    readonly openStandby: () => Promise<StandbyServer>
  },
): Promise<{ readonly answer: Answer; readonly standby: StandbyServer | null }> {
  let standby: StandbyServer | null = null
  let told = ''
  for (let tries = 0; ; tries += 1) {
    try {
      return { answer: await work(), standby }
    } catch (cause) {
      const trouble = findTrouble(cause)
      if (!trouble) {
        await standby?.close()
        throw cause
      }
      const code = codeOfTrouble(cause)
      if (code !== told || tries % triesBetweenLines === 0) {
        base.log('waiting-for-database', { trouble, code }, timeOfFault(cause) ?? undefined)
        if (code !== told)
          base.terminal.out(`${sayWhy(cause, trouble, code)} Waiting, and trying again every two seconds …`)
        told = code
      }
      standby ??= await base.openStandby()
      await pause(between)
    }
  }
}

function sayWhy(cause: unknown, trouble: DatabaseTrouble, code: string): string {
  return cause instanceof Fault ? cause.message : `${sayTrouble(trouble)} (${code}).`
}
