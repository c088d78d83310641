import { blankRecord } from '../blank-record.ts'
import type { Answers, EvidenceSource, Identification, Importer, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { encodingOf, splitLines } from '../split-lines.ts'
import { assembleRecords } from './assemble.ts'
import { isNotice } from './phrases.ts'
import { type Survey, surveyLines } from './survey.ts'

const logLevel = /[-\]] ?\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|NOTICE)\]?\b/
const namedWhatsApp = /whats\s?app|(?:^|\/)_chat\.txt$/i

/** WhatsApp's own text export, from Android and iOS, in any language and order of the date. */
export const whatsApp: Importer = {
  format: 'whatsapp',
  identify: identifyWhatsApp,
  read: readWhatsApp,
}

function identifyWhatsApp(head: Uint8Array, name: string): Identification {
  const encoding = encodingOf(head)
  if (encoding === 'utf-8' && head.subarray(0, 4096).includes(0)) return { kind: 'not mine' }
  const splitter = splitLines(encoding)
  const lines = [...splitter.push(head), ...splitter.end()]
  const survey = surveyLines()
  survey.see(lines)
  const seen = survey.conclude({})
  const named = namedWhatsApp.test(name)
  if (!seen) {
    const text = !head.subarray(0, 65_536).includes(0) && lines.some(line => line.text.trim() !== '')
    const claimed = named && text && /\.txt$/i.test(name) && !/^\s*[<{[]/.test(lines[0]?.text ?? '')
    return claimed
      ? {
          kind: 'broken',
          reason: 'It is named like a WhatsApp export, but no line begins with a date and a time.',
        }
      : { kind: 'not mine' }
  }
  if (!named && lines.some(line => logLevel.test(line.text.slice(0, 60)))) return { kind: 'not mine' }
  const firstText = lines.find(line => line.text.replace(/[\s\p{Cf}]/gu, '') !== '')?.number ?? 1
  const leads = seen.firstLine === firstText
  if (!named && (seen.withSender === 0 || (!leads && seen.headers < 3))) return { kind: 'not mine' }
  const marked = lines.some(
    line => line.text.includes('\u200e') || isNotice(line.text.replace(/^.*?[-\]] /, '')),
  )
  const confidence =
    0.5 +
    (leads ? 0.15 : 0) +
    (seen.headers >= 3 ? 0.15 : 0) +
    (named || marked ? 0.15 : 0) -
    (seen.otherHeaders > seen.headers / 4 ? 0.2 : 0)
  return { kind: 'mine', dialect: seen.dialect, confidence: Math.round(confidence * 100) / 100 }
}

async function* readWhatsApp(source: EvidenceSource, answers: Answers): AsyncGenerator<ReadStep> {
  const account = keepAccount()
  const survey = await surveyFile(source, answers)
  if (!survey) {
    const reason = 'No line begins with a date and a time, so nothing can be told apart.'
    account.problem('no-header', reason)
    const place = { from: 0, to: source.size, firstLine: null, lastLine: null, entry: null }
    const record = { ...blankRecord('unknown', place), reason }
    account.count(record)
    yield { step: 'records', records: [record] }
    yield { step: 'account', account: account.close(source.size, false) }
    return
  }
  yield { step: 'identified', format: 'whatsapp', dialect: survey.dialect, confidence: confidenceOf(survey) }
  const assembler = assembleRecords(survey, answers, account)
  let splitter: ReturnType<typeof splitLines> | null = null
  for await (const chunk of source.open()) {
    splitter ??= splitLines(encodingOf(chunk))
    const records = assembler.take(splitter.push(chunk))
    if (records.length > 0) yield { step: 'records', records }
  }
  const last = [...assembler.take(splitter?.end() ?? []), ...assembler.end()]
  if (last.length > 0) yield { step: 'records', records: last }
  explain(survey, answers, account)
  yield { step: 'account', account: account.close(source.size) }
}

async function surveyFile(source: EvidenceSource, answers: Answers): Promise<Survey | null> {
  const survey = surveyLines()
  let splitter: ReturnType<typeof splitLines> | null = null
  for await (const chunk of source.open()) {
    splitter ??= splitLines(encodingOf(chunk))
    survey.see(splitter.push(chunk))
  }
  survey.see(splitter?.end() ?? [])
  return survey.conclude(answers)
}

function confidenceOf(survey: Survey): number {
  const alone = survey.headers < 3 ? 0.65 : 0.95
  return survey.otherHeaders > survey.headers / 4 ? alone - 0.2 : alone
}

/** Says how the file was understood, and asks what it leaves open. */
function explain(survey: Survey, answers: Answers, account: ReturnType<typeof keepAccount>): void {
  if (survey.order.kind === 'decided') {
    account.note(
      `Dates are read ${survey.order.order.split('').map(spell).join(', ')}: ${survey.order.because}.`,
    )
  } else {
    account.ask({
      id: 'date-order',
      text: `Does ${survey.samples[0] ?? 'the date'} begin with the day or with the month?`,
      choices: [
        { value: 'day-first', text: 'The day comes first' },
        { value: 'month-first', text: 'The month comes first' },
      ],
    })
  }
  account.note(
    answers.zone
      ? `Times are read as ${answers.zone}, as a person answered.`
      : 'Times are as the phone that made the export showed them; the file does not say in which zone.',
  )
  if (survey.unknownPeriod)
    account.problem(
      'day-period-unknown',
      `The word “${survey.unknownPeriod}” beside the time is not known, so the times could be before or after noon.`,
    )
  if (survey.otherHeaders > 0)
    account.problem(
      'other-header',
      survey.otherHeaders === 1
        ? 'One line begins with a date and a time written in another way; it is kept as text of the message above.'
        : `${survey.otherHeaders} lines begin with a date and a time written in another way; they are kept as text of the message above.`,
    )
}

const spell = (letter: string) => (letter === 'd' ? 'day' : letter === 'm' ? 'month' : 'year')
