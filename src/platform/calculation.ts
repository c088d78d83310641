import { Fault } from './fault.ts'
import type { NoResult } from './why-ended.ts'

/**
 * A calculation that may take seconds, or grow with what somebody entered: a function of plain data alone. It is known by
 * its name, so that a process of its own can do it while the pages go on.
 */
export type Calculation<Input, Result> = {
  readonly name: string
  /** Milliseconds after which it is ended; longer than the time it allows itself. */
  readonly limit: number
  readonly run: (input: Input) => Result | Promise<Result>
}

/** A calculation that was ended before it had a result. Nothing was changed by it. */
export class CalculationEnded extends Fault {
  readonly why: NoResult

  constructor(why: NoResult) {
    super(`calculation-${why}`, 'A calculation was ended before it had a result.')
    this.name = 'CalculationEnded'
    this.why = why
  }
}

/** Does a calculation of so many milliseconds at most in a process of its own; ended when the signal says so. */
export type CalculateApart = (
  name: string,
  input: unknown,
  limit: number,
  signal?: AbortSignal,
) => Promise<unknown>

/** What a clinic has where calculations are done apart. */
export type MayCalculate = { readonly calculateApart?: CalculateApart }

/** Does a calculation: in a process of its own where the clinic is served with such, otherwise here. */
export async function calculate<Input, Result>(
  clinic: MayCalculate,
  calculation: Calculation<Input, Result>,
  input: Input,
): Promise<Result> {
  if (!clinic.calculateApart) return calculation.run(input)
  return (await clinic.calculateApart(calculation.name, input, calculation.limit)) as Result
}
