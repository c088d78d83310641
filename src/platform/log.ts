/** One line of the log: a name and plain facts. Never a name, number, address, phrase or text of a person (S11). */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void

/** Writes each event as one line of JSON. */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  return (event, facts = {}) => write(`${JSON.stringify({ at: now().toISOString(), event, ...facts })}\n`)
}

export const silentLog: Log = () => {}
