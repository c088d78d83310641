import type { FormProblem } from '../foundation/decision.ts'
import { errorSummary } from './components/error-summary.ts'
import { type Html, html } from './html.ts'
import type { FormResult } from './read-form.ts'

/** The message to show beside a field, for a component's `errorMessage`; nothing when the field is right. */
export function problemBeside(
  problems: readonly FormProblem[],
  field: string,
): { readonly text: string } | undefined {
  const problem = problems.find(each => each.field === field)
  return problem && { text: problem.message }
}

/** The summary at the top of the page, each line a link to its field; nothing when there is no problem. */
export function problemSummary(
  problems: readonly FormProblem[],
  idOf: (field: string) => string = field => field,
): Html {
  if (problems.length === 0) return html``
  return errorSummary({
    errorList: problems.map(({ field, message }) => ({ text: message, href: `#${idOf(field)}` })),
  })
}

/** The title of a page whose form has problems says so first, as GOV.UK pages do. */
export function titleWithProblems(title: string, problems: readonly FormProblem[]): string {
  return problems.length > 0 ? `Error: ${title}` : title
}

/** Every problem of several readings, in the order given. */
export function problemsOf(...results: readonly FormResult<unknown>[]): readonly FormProblem[] {
  return results.flatMap(result => (result.ok ? [] : result.problems))
}
