/**
 * What a rule answers: yes with what follows from it, or no with the reason as data.
 * A refusal is never thrown; the page that shows it says what to do next.
 */
export type Decision<Allowed, Reason extends string> =
  | ({ readonly allowed: true } & Allowed)
  | { readonly allowed: false; readonly because: Reason }

/** One thing wrong with a form: shown beside its field and in the summary, all of them at once. */
export type FormProblem<Field extends string = string> = { readonly field: Field; readonly message: string }

/** Ends an exhaustive switch: a new kind that nobody handled does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
