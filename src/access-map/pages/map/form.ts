import type { FormProblem } from '../../../foundation/decision.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText, fieldValues } from '../../../web/request.ts'
import type { CatalogueEntry } from '../../inventory/catalogue-entry.ts'
import type { AddedThing } from '../../inventory/inventory-change.ts'

/** The field in which the things of a kind are named, one on each line. */
export function namesField(kind: string): string {
  return `names-${kind}`
}

const longest = 100
const mostOfKind = 20

/** Reads what was ticked, each kind once for every name; a kind without a name as often as it was ticked. */
export function readTicked(
  form: FormFields,
  entries: ReadonlyMap<string, CatalogueEntry>,
):
  | { readonly ok: true; readonly things: readonly AddedThing[] }
  | { readonly ok: false; readonly problems: readonly FormProblem[] } {
  const problems: FormProblem[] = []
  const things: AddedThing[] = []
  const ticked = fieldValues(form, 'entries').flatMap(id => entries.get(id) ?? [])
  const named = new Set<string>()
  for (const { id, title } of ticked) {
    const field = namesField(id)
    const names = cleanText(fieldText(form, field))
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean)
    if (names.some(each => [...each].length > longest))
      problems.push({ field, message: `What they call it must be ${longest} characters or less` })
    if (names.length > mostOfKind)
      problems.push({ field, message: `Enter ${mostOfKind} names or fewer for one kind` })
    if (names.length === 0) things.push({ id, title })
    else if (!named.has(id)) things.push(...names.map(label => ({ id, title, label })))
    named.add(id)
  }
  if (things.length === 0) problems.push({ field: 'entries', message: 'Select what they have' })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, things }
}
