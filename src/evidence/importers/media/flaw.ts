export type FlawCode =
  | 'cut-short'
  | 'damaged'
  | 'bytes-behind'
  | 'impossible-size'
  | 'end-not-marked'
  | 'not-looked-through'

/** Something about a picture, a film or a recording that a person must know before relying on it. */
export type Flaw = { readonly code: FlawCode; readonly message: string }

export const cutShort = (what: string): Flaw => ({
  code: 'cut-short',
  message: `It is damaged and ends early: the file stops before the end of ${what}.`,
})

export const damaged = (at: number, why: string): Flaw => ({
  code: 'damaged',
  message: `It is damaged at byte ${at.toLocaleString('en-GB')}: ${why}.`,
})
