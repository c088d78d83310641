import type { ConfigProblem } from '../platform/config.ts'
import type { Terminal } from './terminal.ts'

/** Lists everything missing or wrong, and answers the exit code. */
export function reportConfigProblems(problems: readonly ConfigProblem[], terminal: Terminal): number {
  terminal.err(
    `Unwatched cannot start. ${problems.length === 1 ? 'One setting is' : `${problems.length} settings are`} missing or wrong:`,
  )
  for (const problem of problems) terminal.err(`  ${problem.setting} ${problem.message}`)
  terminal.err('docs/operate.md explains each setting.')
  return 78
}
