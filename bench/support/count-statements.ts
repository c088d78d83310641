import { startServing } from '../../src/app/server.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { hearStatements } from '../../test/support/heard-statements.ts'
import type { LoadVisitor } from './load.ts'

/**
 * How many statements of SQL each of some pages sends, begin and commit included, at its second look: the first may
 * prepare what is kept. The pages are served in this process, over the clinic's own pool, for nobody else meanwhile.
 */
export async function countStatements(
  clinic: Clinic,
  visitor: LoadVisitor,
  paths: readonly string[],
): Promise<readonly { readonly path: string; readonly statements: number }[]> {
  let heard = 0
  hearStatements(clinic.database.pool, () => {
    heard += 1
  })
  const config = { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false }
  const serving = await startServing(clinic, config, { withJobs: false })
  try {
    const counted: { readonly path: string; readonly statements: number }[] = []
    for (const path of paths) {
      for (const look of ['first', 'second'] as const) {
        heard = 0
        const answer = await fetch(`${serving.address}${path.slice(1)}`, {
          headers: { cookie: visitor.cookie },
          redirect: 'manual',
        })
        await answer.text()
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} at its ${look} look`)
      }
      counted.push({ path, statements: heard })
    }
    return counted
  } finally {
    await serving.stop()
  }
}
