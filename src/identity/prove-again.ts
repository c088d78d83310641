/** The fields in which password and code are given again, on whatever page asks for them. */
export const againFields = { password: 'again-password', code: 'again-code' } as const

// NIST SP 800-63B-4, section 5.2, on reauthentication: a session that is open is no proof of who sits at it. Five minutes
// is the clinic's own
const provedMinutes = 5

/** Whether password and code are asked for again before what takes two people. Nobody in a demo has either. */
export function asksAgain(notices: { readonly provedAt: Date }, now: Date, isDemo: boolean): boolean {
  return !isDemo && now.getTime() - notices.provedAt.getTime() >= provedMinutes * 60_000
}
