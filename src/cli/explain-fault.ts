import { codeOfTrouble, findTrouble, sayTrouble } from '../platform/database-trouble.ts'
import { Fault } from '../platform/fault.ts'
import type { Terminal } from './terminal.ts'

/** Faults that are about the configuration or the machine, not about the program. */
const configurationFaults = new Set([
  'database-newer',
  'database-before-release',
  'migration-differs',
  'upgrade-while-served',
  'backup-first',
  'restore-unfinished',
  'program-role',
  'program-role-too-strong',
  'database-too-old',
  'database-unreachable',
  'database-pooler',
  'owner-too-strong',
  'originals-not-here',
  'no-service-user',
  'no-embedded-database',
  'database-not-made',
  'already-running',
  'no-such-clinic',
  'which-clinic',
  'wrong-key',
  'port-taken',
  'port-refused',
])

/** Nothing is wrong that waiting would not mend: `serve` waits by itself, any other command is run again. */
const passing = new Set(['database-away', 'database-silent', 'database-lost'])

/** The answer is no, or a person is needed first. */
const refusals = new Set(['database-not-empty', 'restore-running'])

/** Says in one line what went wrong, and answers the exit code. Never a stack, and never a word of a case. */
export function explainFault(fault: unknown, terminal: Terminal): number {
  if (fault instanceof Fault) {
    terminal.err(fault.message)
    if (refusals.has(fault.code)) return 1
    if (configurationFaults.has(fault.code) || fault.code.startsWith('key-')) return 78
    if (passing.has(fault.code)) return 75
    return fault.code.startsWith('backup-') ? 2 : 70
  }
  const trouble = findTrouble(fault)
  if (trouble) {
    terminal.err(`${sayTrouble(trouble)} (${codeOfTrouble(fault)}). Run it again when that is mended.`)
    return 75
  }
  const code = (fault as { code?: unknown }).code
  terminal.err(
    `The program stopped at something it did not foresee${typeof code === 'string' ? ` (${code})` : ''}.`,
  )
  if (process.env['UNWATCHED_DEBUG']) terminal.err(String((fault as Error).stack ?? fault))
  else
    terminal.err('Set UNWATCHED_DEBUG=yes and run it again to see where; that output may hold personal data.')
  return 70
}
