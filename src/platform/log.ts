/** One line of the log: a name and plain facts. Never a name, number, address, phrase or text of a person (S11). */
export type Log = (
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null>>,
  /** When it happened, where that is not now. */
  at?: Date,
) => void

/** Writes each event as one line of JSON, with the time at which it happened; no fact takes the place of either. */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  return (event, facts = {}, when = now()) => {
    const at = when.toISOString()
    write(`${JSON.stringify(Object.assign({ at, event }, facts, { at, event }))}\n`)
  }
}

export const silentLog: Log = () => {}
