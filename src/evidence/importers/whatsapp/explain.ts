import type { Answers } from '../importer.ts'
import type { AccountKeeper } from '../keep-account.ts'
import type { Lines, Noticed } from './noticed.ts'
import type { Survey } from './survey.ts'

/**
 * Says how the file was understood and what a person should look at, and asks what it leaves open. `entry` is the name of
 * the file inside an archive, where the lines of several chats are spoken of together.
 */
export function explain(
  survey: Survey,
  answers: Answers,
  noticed: Noticed,
  account: AccountKeeper,
  entry: string | null,
): void {
  sayDates(survey, account)
  account.note(
    answers.zone
      ? `Times are read as ${answers.zone}, as a person answered.`
      : 'Times are as the phone that made the export showed them; the file does not say in which zone.',
  )
  const unknownPeriod = [...survey.dialects.values()].find(each => each.unknownPeriod)?.unknownPeriod
  if (unknownPeriod)
    account.problem(
      'day-period-unknown',
      `The word “${unknownPeriod}” beside the time is not known, so the times could be before or after noon.`,
    )
  const otherLines = sayLines({ count: survey.otherHeaders, first: [...survey.otherLines] }, entry)
  if (survey.otherHeaders > 0)
    account.problem(
      'other-header',
      survey.otherHeaders === 1
        ? `One line begins with a date and a time written in another form; it is kept as text of the message above (${otherLines}).`
        : `${survey.otherHeaders} lines begin with a date and a time written in another form; they are kept as text of the message above (${otherLines}).`,
    )
  sayWhatStandsOut(survey, noticed, account, entry)
  sayCut(noticed, account, entry)
}

function sayDates(survey: Survey, account: AccountKeeper): void {
  for (const { order, samples } of survey.dialects.values()) {
    if (order.kind === 'decided') {
      account.note(`Dates are read ${order.order.split('').map(spell).join(', ')}: ${order.because}.`)
    } else {
      account.ask({
        id: 'date-order',
        text: `Does ${samples[0] ?? 'the date'} begin with the day or with the month?`,
        choices: [
          { value: 'day-first', text: 'The day comes first' },
          { value: 'month-first', text: 'The month comes first' },
        ],
      })
    }
  }
}

function sayWhatStandsOut(
  survey: Survey,
  noticed: Noticed,
  account: AccountKeeper,
  entry: string | null,
): void {
  const { earlier, undecided, notExported, otherDialect } = noticed
  if (otherDialect.count > 0) {
    const forms = [...survey.dialects.values()].slice(1).map(each => each.words)
    account.note(
      `${sayCount(otherDialect, 'line is', 'lines are')} written in another form (${forms.join('; ')}) than most of the file: ${sayLines(otherDialect, entry)}. Two exports may lie in one file, or lines were put in.`,
    )
  }
  if (earlier.count > 0)
    account.note(
      `${sayCount(earlier, 'line is', 'lines are')} earlier than the line above ${earlier.count === 1 ? 'it' : 'them'}: ${sayLines(earlier, entry)}. Messages that arrive late and clocks that are changed do this. So do lines that somebody pasted into a message or into the file: they look the same as exported ones.`,
    )
  if (undecided.count > 0)
    account.note(
      `For ${sayCount(undecided, 'line', 'lines')} it is not decided whether the app wrote ${undecided.count === 1 ? 'it' : 'them'} or a person: ${sayLines(undecided, entry)}. ${undecided.count === 1 ? 'It counts as a person’s.' : 'They count as a person’s.'}`,
    )
  if (notExported.count > 0)
    account.note(
      `${sayCount(notExported, 'line says', 'lines say')} only “null”: ${sayLines(notExported, entry)}. The app wrote null in place of something it does not export, such as a picture to be seen once; a person can type it too.`,
    )
}

// WhatsApp's help page "How to save your chat history": up to 10,000 of the latest messages with media, 40,000 without;
// as quoted in issue 10 of TelegramTools/TLImporter (read 2026-11-29)
const mostWithMedia = 10_000
const mostWithoutMedia = 40_000

/** An export that reaches what the app hands out at most is said to be cut: the app itself does not say so. */
function sayCut({ messages, namesFiles }: Noticed, account: AccountKeeper, entry: string | null): void {
  const most = namesFiles ? mostWithMedia : mostWithoutMedia
  if (messages < most * 0.99 || messages > most * 1.05) return
  account.note(
    `${entry === null ? 'The file' : shortName(entry)} has ${messages.toLocaleString('en-GB')} messages. The app exports about ${most.toLocaleString('en-GB')} at most ${namesFiles ? 'with' : 'without'} media and leaves older ones out without a word, so the beginning of the chat is probably missing. ${namesFiles ? 'An export without media reaches further back.' : 'The older messages may still be on the phone.'}`,
  )
}

const sayCount = ({ count }: Lines, one: string, many: string) =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** "line 2", "lines 2, 5 and 9", "lines 2, 5, … and 12 more". */
function sayLines({ count, first }: Lines, entry: string | null): string {
  const numbers = first.map(number => number.toLocaleString('en-GB'))
  const more = count - first.length
  const listed = more > 0 ? [...numbers, `${more.toLocaleString('en-GB')} more`] : numbers
  const last = listed.at(-1) ?? ''
  const numbered = listed.length > 1 ? `${listed.slice(0, -1).join(', ')} and ${last}` : last
  return `${count === 1 ? 'line' : 'lines'} ${numbered}${entry === null ? '' : ` of ${shortName(entry)}`}`
}

const shortName = (name: string) => (name.length > 80 ? `${name.slice(0, 77)}…` : name)

const spell = (letter: string) => (letter === 'd' ? 'day' : letter === 'm' ? 'month' : 'year')
