import { realTerminal, type Terminal } from './terminal.ts'

type Command = {
  readonly name: string
  readonly summary: string
  /** Loaded only when asked for, so that reading a file on a bare laptop needs no database. */
  readonly load: () => Promise<(args: readonly string[], terminal: Terminal) => Promise<number>>
}

const commands: readonly Command[] = [
  {
    name: 'serve',
    summary: 'serve the clinic on this machine',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'setup',
    summary: 'make a clinic from a profile, with its key, its first administrator and coordinator',
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'profile',
    summary: 'give the clinic that is here a changed profile: its area, its services, its words',
    load: async () => (await import('./profile.ts')).profile,
  },
  {
    name: 'invite-coordinator',
    summary: 'make a link for a coordinator when none is left to approve one',
    load: async () => (await import('./invite-at-machine.ts')).inviteCoordinator,
  },
  {
    name: 'invite-administrator',
    summary: 'make a link for an administrator when none is left to ask for one',
    load: async () => (await import('./invite-at-machine.ts')).inviteAdministrator,
  },
  {
    name: 'migrate',
    summary: 'bring the database up to this version of the program',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  {
    name: 'backup',
    summary: 'write everything the clinic holds to one sealed file, while people work',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'bring a backup back onto an empty machine',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'read',
    summary: 'say what files are, what they hold and what could not be read',
    load: async () => {
      const { read } = await import('./read.ts')
      // Its own streams: records come faster than a terminal takes them, so it must feel them fill up.
      return args => read(args, { out: process.stdout, err: process.stderr })
    },
  },
  {
    name: 'import',
    summary: 'take files in as evidence of a case',
    load: async () => (await import('./import.ts')).importFiles,
  },
  {
    name: 'bundle',
    summary: 'write an approved bundle of a case to a file',
    load: async () => (await import('./bundle.ts')).bundle,
  },
  {
    name: 'verify',
    summary: 'check a bundle, with no database and no key of ours',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'map',
    summary: 'answer questions about an access map in a file',
    load: async () => (await import('./map.ts')).map,
  },
]

/**
 * The command line. Exit codes: 0 done; 1 the answer is no, or something needs a person; 2 the input cannot be used;
 * 64 the command was not understood; 70 a fault of the program; 75 the database is away, so try again later; 78 the
 * configuration is wrong.
 */
// The last four are those of BSD sysexits(3): EX_USAGE, EX_SOFTWARE, EX_TEMPFAIL, EX_CONFIG
export async function unwatched(args: readonly string[], terminal: Terminal = realTerminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out('Usage: unwatched COMMAND …\n')
    for (const command of commands) terminal.out(`  ${command.name.padEnd(20)} ${command.summary}`)
    terminal.out('\nunwatched COMMAND --help says more about a command.')
    return name === undefined ? 64 : 0
  }
  if (name === '--version') {
    const { default: about } = await import('../../package.json', { with: { type: 'json' } })
    terminal.out(about.version)
    return 0
  }
  const command = commands.find(candidate => candidate.name === name)
  if (!command) {
    terminal.err(
      `There is no command “${name}”. The commands are: ${commands.map(candidate => candidate.name).join(', ')}.`,
    )
    return 64
  }
  const { explainFault } = await import('./explain-fault.ts')
  try {
    const run = await command.load()
    return await run(rest, terminal)
  } catch (fault) {
    return explainFault(fault, terminal)
  }
}
