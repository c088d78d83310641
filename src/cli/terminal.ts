/** Where a command writes: results to `out`, everything about the work to `err`. Each call is one line. */
export type Terminal = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

export const realTerminal: Terminal = {
  out: line => void process.stdout.write(`${line}\n`),
  err: line => void process.stderr.write(`${line}\n`),
}
