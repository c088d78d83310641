import type { CustodyLine } from '../evidence/custody-line.ts'
import type { Json } from '../foundation/canonical-json.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { Statement } from './statement.ts'

/** A line of custody that binds a statement into the log: the first of the whole bundle, then one of each exhibit. */
export type BindingLine = {
  readonly act: 'bundle-stated' | 'exported'
  readonly item: Sha256 | null
  readonly detail: { readonly [name: string]: Json }
}

/**
 * The lines that bind a statement into the log, in their order. They follow the last line the statement knows of, so
 * the place of each is known. Each has the statement's digest.
 */
export function bindingLines(statement: Statement, digest: Sha256): readonly BindingLine[] {
  const { bundle, exhibits } = statement
  return [
    { act: 'bundle-stated', item: null, detail: { bundle, statement: digest } },
    ...exhibits.map(
      ({ reference, sha256, derivedFrom }): BindingLine => ({
        act: 'exported',
        item: derivedFrom ?? sha256,
        detail: { bundle, exhibit: reference, sha256, statement: digest },
      }),
    ),
  ]
}

/** Every line of the log that the bundle must show, by its place: those of its exhibits, and those that bind it. */
export function placesOf({ log, exhibits }: Statement): readonly number[] {
  const binding = [0, ...exhibits.keys()].map((_, index) => log.size + index)
  return [...new Set([...exhibits.flatMap(({ custody }) => custody), ...binding])].sort((a, b) => a - b)
}

/** How many lines the log has right after the statement was bound into it: the bundle's head must be of this size. */
export function boundSize({ log, exhibits }: Statement): number {
  return log.size + 1 + exhibits.length
}

/** True for a line that binds a statement of any bundle into the log. */
export function isBinding(line: CustodyLine): boolean {
  return line.act === 'bundle-stated' || 'statement' in line.detail
}
