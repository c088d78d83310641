import type { Sha256 } from '../../../foundation/digest.ts'
import { sayRecorded } from '../../../foundation/of-another-version.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CustodyAct } from '../../custody-act.ts'
import type { CustodyLine } from '../../custody-line.ts'

const words = {
  arrived: 'Handed in',
  'arrived-again': 'Handed in again',
  read: 'Read by the program',
  'not-read': 'Not read by the program',
  'set-aside': 'Set aside',
  'reading-asked': 'Asked what to read of it',
  'original-opened': 'Original downloaded',
  'working-copy-made': 'Working copy made from the pixels',
  'safe-copy-made': 'Picture made again from the pixels, to be looked at',
  'safe-copy-not-made': 'No picture to look at could be made',
  transcribed: 'Typed off the picture by a person',
  'position-shown': 'Position in it shown',
  'question-answered': 'Question answered',
  'bundle-stated': 'Bundle signed',
  exported: 'Put into a bundle',
  'bundle-handed-out': 'Bundle handed out',
} as const satisfies Readonly<Record<CustodyAct, string>>

/** The log says which task of the program it was; a reader needs to know that it was no person. */
function whoActed({ actor }: CustodyLine): Html {
  return actor.person.startsWith('the program') ? html`The program` : html`${actor.person}<br>${actor.agency}`
}

/** The lines of a page of the log: on a narrow screen each is a block. `references` names the exhibit of each. */
export function custodyListView(
  lines: readonly CustodyLine[],
  zone: string,
  references: ReadonlyMap<Sha256, string>,
): Html {
  return listTable({
    caption: 'Lines of custody, the newest first',
    head: ['Line', 'When', 'Who', 'What', 'Exhibit'],
    rows: lines.map(line => [
      ...cellsOf(line, zone),
      { text: line.item === null ? '' : (references.get(line.item) ?? '') },
    ]),
  })
}

const cellsOf = (line: CustodyLine, zone: string) => [
  { text: String(line.sequence) },
  { text: sayMoment(new Date(line.at), zone) },
  { html: whoActed(line) },
  { text: sayRecorded(words, line.act, `What another version of the program called “${line.act}”`) },
]

/** The lines of custody of one item as a table. */
export function custodyTableView(lines: readonly CustodyLine[], zone: string): Html {
  return table({
    head: ['Line', 'When', 'Who', 'What'].map(text => ({ text })),
    rows: lines.map(line => cellsOf(line, zone)),
  })
}
