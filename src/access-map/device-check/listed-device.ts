/** A device as a list names it, with whatever else the list says of it. */
export type ListedDevice = {
  /** The line it begins on; in JSON, its number in the list. */
  readonly line: number
  readonly name: string
  readonly details: readonly string[]
}
