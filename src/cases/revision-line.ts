/** One revision of something a case keeps, as it is listed: what it says stays sealed. */
export type RevisionLine<Change extends string = string> = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly change: Change
}
