import type { CarriedCode, FaultCode } from './fault-code.ts'

/**
 * Something went wrong that no rule foresaw and no form can mend. Carries a code for the operator and the cause;
 * its message never holds personal data, because it is logged (S11).
 */
export class Fault extends Error {
  readonly code: FaultCode | CarriedCode
  /** When it happened: it may be reported later. */
  readonly at = new Date()

  constructor(code: FaultCode | CarriedCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'Fault'
    this.code = code
  }
}

/** When a fault happened; null where it does not say. */
export function timeOfFault(fault: unknown): Date | null {
  return fault instanceof Fault ? fault.at : null
}
