/** Where people land who sign in without having asked for a page. */
export const firstPage = '/staff'

/**
 * Where to go on to after signing in: a path of ours that was asked for, and nothing that leads elsewhere.
 */
// OWASP Unvalidated Redirects and Forwards Cheat Sheet
export function findReturnPath(asked: string): string {
  return /^\/[a-z][a-z0-9/_-]{0,300}$/i.test(asked) && !asked.includes('//') ? asked : firstPage
}
