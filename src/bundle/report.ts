import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ChronologyRow, ReportData, ReportPart } from './report-data.ts'
import { cutRow, printedSources, printedText } from './report-parts.ts'
import { whatAHashShows } from './wording.ts'

/** How long a chronology may take to typeset before something is wrong with it. */
const patience = 5 * 60_000

/**
 * Typesets one part of the chronology as a tagged, searchable PDF/A, in a process of its own. Same data, same bytes. Text is
 * handed over as data and never as markup. Throws when the typesetter fails or takes too long.
 */
export function typesetReport(data: ReportData): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // The built one, whatever started this program.
    const script = fileURLToPath(new URL('../../dist/bundle/report/typeset.js', import.meta.url))
    const child = fork(script, [], {
      execArgv: [],
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), patience)
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2000)
    })
    child.once('error', reject)
    child.once('message', (answer: { readonly pdf?: string; readonly problem?: string }) => {
      if (answer.pdf !== undefined) resolve(new Uint8Array(Buffer.from(answer.pdf, 'base64')))
      else reject(new Error(`report: ${answer.problem ?? 'the typesetter said nothing'}`))
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      // After an answer this does nothing: a promise is settled once.
      reject(new Error(`report: the typesetter ended with ${signal ?? code} ${said}`))
    })
    child.send({ data: JSON.stringify(placeData(data)), madeAt: Date.parse(data.madeAt) })
  })
}

/** The data as the template reads it: every value a text that is placed as it is. */
function placeData(data: ReportData): unknown {
  const made = new Date(data.madeAt)
  const fact = (name: string, value: string) => ({ name, value })
  return {
    ...data,
    madeDate: { year: made.getUTCFullYear(), month: made.getUTCMonth() + 1, day: made.getUTCDate() },
    frontFacts: [
      fact('Case reference', data.caseReference),
      fact('Bundle', data.bundleReference),
      fact('Purpose', data.purpose),
      fact('Made by', data.clinicName),
      fact('Made at (UTC)', data.madeAt),
      fact('Requested by', data.requestedBy),
      fact('Approved by', data.approvedBy),
      fact('Rows in the chronology', sayRows(data.part)),
      ...(data.part.of > 1
        ? [fact('This part', `${data.part.number} of ${data.part.of}: ${saySpan(data.rows)}`)]
        : []),
    ],
    wording: whatAHashShows,
    howToRead: [
      'What was written stands as it is in the source, with its spelling.',
      'Who is the name or number the source shows. It does not show who held the device.',
      'A line that the app wrote stands under the name that the export gives it; that person did not write it. Where it says “not decided”, the app or a person wrote it; chronology.csv says why.',
      `A text of more than ${printedText.toLocaleString('en-GB')} characters, or a row with more than ${printedSources} places, is cut here and says so; chronology.csv holds the whole.`,
      'A box in place of a letter means that no font here has that letter; chronology.csv and the exhibit hold it.',
    ],
    rows: data.rows.map(row => ({ ...cutRow(row), certainty: `time ${row.certainty}` })),
  }
}

function sayRows({ rows, printed }: ReportPart): string {
  return printed === 'all'
    ? String(rows)
    : `${rows}. The incidents are printed; every row is in chronology.csv`
}

function saySpan(rows: readonly ChronologyRow[]): string {
  return `rows ${rows[0]?.number ?? 0} to ${rows.at(-1)?.number ?? 0}`
}
