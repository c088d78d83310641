/** A sign-in name as it is kept and looked up: one spelling, whatever the keyboard made of it. */
export function normaliseSignInName(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

/** What is wrong with a name somebody is to sign in with, or null. */
export function verifySignInName(typed: string): string | null {
  const name = normaliseSignInName(typed)
  if (name === '') return 'Enter a sign-in name'
  if (name.length < 3 || name.length > 200) return 'Sign-in name must be between 3 and 200 characters'
  if (!/^[a-z0-9._@+-]+$/.test(name)) {
    return 'Sign-in name must only include letters a to z, numbers, and the characters . _ @ + -'
  }
  return null
}
