import { parseArgs } from 'node:util'
import type { Terminal } from './terminal.ts'

type Flags = Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly multiple?: boolean }>>

export type Arguments = {
  readonly files: readonly string[]
  readonly flag: (name: string) => boolean
  readonly text: (name: string) => string | undefined
}

/**
 * Reads a command's arguments. Shows the help when asked (answer 0), and names the flag that is not known (answer 64);
 * in both cases there is nothing more to do, so the exit code comes back in place of the arguments.
 */
export function readArguments(
  args: readonly string[],
  flags: Flags,
  help: string,
  terminal: Terminal,
): Arguments | number {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...flags, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    })
    const held = values as Readonly<Record<string, unknown>>
    if (held['help'] === true) {
      terminal.out(help.trim())
      return 0
    }
    return {
      files: positionals,
      flag: name => held[name] === true,
      text: name => (typeof held[name] === 'string' ? held[name] : undefined),
    }
  } catch (cause) {
    terminal.err(`${(cause as Error).message.split('. ')[0]}.`)
    terminal.err(help.trim().split('\n')[0] ?? '')
    return 64
  }
}
