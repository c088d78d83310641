/** Where a command writes: results to `out`, everything about the work to `err`. Each call is one line. */
export type Terminal = {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

export const realTerminal: Terminal = {
  out: line => void process.stdout.write(`${line}\n`),
  err: line => void process.stderr.write(`${line}\n`),
}

/**
 * Lets the program go on when the reader of its output has gone (`unwatched verify x.zip | head -1`): what is left to
 * say goes nowhere, and the exit code stays true. Any other fault of the output is a fault.
 */
export function outliveReaders(
  streams: readonly NodeJS.WritableStream[] = [process.stdout, process.stderr],
): void {
  for (const stream of streams) {
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EPIPE') throw fault
    })
  }
}
