import type { Disk, MachineState } from '../../../platform/machine-state.ts'
import type { MachineTrouble } from '../../../platform/machine-trouble.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'

/** What the administrator is told of the machine. */
export type MachineView = {
  readonly state: MachineState
  readonly troubles: readonly MachineTrouble[]
  /** Whether somebody is written to when something needs attention. */
  readonly isSomebodyTold: boolean
}

const words: Readonly<Record<MachineTrouble, string>> = {
  'disk-full':
    'The disk that holds what people brought is nearly full. When it is full, nothing more can be taken in. Make room today.',
  'database-disk-full':
    'The disk of the database is nearly full. When it is full, nobody can save anything. Make room today.',
  'backup-never': 'No backup was ever made. If this machine dies, everything is lost.',
  'backup-failed':
    'The last backup failed. The person who looks after the machine finds out why, and makes one.',
  'backup-old': 'The last backup is more than a day and a half old.',
  'queue-standing':
    'Work of the program has been waiting for more than an hour. Files are not being read, and messages are not going out.',
  'jobs-stopped': 'Work of the program failed every time and waits for you, under Work that stopped.',
}

/** The state of the machine: what needs somebody first, and then everything, with what is not known. */
export function machineView({ state, troubles, isSomebodyTold }: MachineView): Html {
  const { queue, lastBackup, lastTry } = state
  const rows: readonly (readonly [string, string])[] = [
    ['Last backup', lastBackup ? sayTime(lastBackup) : 'Never made'],
    ['Last try', lastTry ? `${sayTime(lastTry.began)}: ${sayTry(lastTry)}` : 'Not known'],
    ['Disk of what people brought', sayDisk(state.dataDisk)],
    ['Disk of the database', sayDisk(state.databaseDisk)],
    [
      'Work of the program',
      queue
        ? `${queue.waiting} waiting${queue.oldestWaiting ? ` since ${sayTime(queue.oldestWaiting)}` : ''}, ${queue.working} at work, ${queue.parked} stopped`
        : 'Not known',
    ],
    [
      'Somebody is written to',
      isSomebodyTold
        ? 'Yes, of each of these once, and then once a day'
        : 'No: nobody is named in the settings',
    ],
  ]
  return html`<h2 class="govuk-heading-m">The machine</h2>${troubles.map(trouble =>
    warningText({ text: words[trouble] }),
  )}${troubles.length === 0 && html`<p class="govuk-body">Nothing that is known needs you.</p>`}${summaryList(
    {
      rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })),
    },
  )}`
}

function sayTry(made: NonNullable<MachineState['lastTry']>): string {
  switch (made.state) {
    case 'made':
      return 'succeeded'
    case 'under-way':
      return 'begun, and not ended'
    case 'failed':
      return `failed (${made.code || 'not known why'})`
  }
}

function sayDisk(disk: Disk | null): string {
  if (!disk || disk.size === 0) return 'Not known'
  return `${Math.floor((disk.free / disk.size) * 100)}% free, ${(disk.free / 1e9).toFixed(1)} GB`
}

const sayTime = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
