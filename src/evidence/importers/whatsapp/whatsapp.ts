import { blankRecord } from '../blank-record.ts'
import type { Answers, EvidenceSource, Identification, Importer, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { guessEncoding, guessLineEnd, linesOf, splitLines } from '../split-lines.ts'
import { assembleRecords } from './assemble.ts'
import { explain } from './explain.ts'
import { findNotice } from './find-notice.ts'
import { type Survey, surveyLines } from './survey.ts'

const logLevel = /[-\]:] ?\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|NOTICE)\]?\b/
const namedWhatsApp = /whats\s?app|(?:^|\/)_chat\.txt$/i

/** A chat in the form that WhatsApp's own text export has, in any language and order of the date. */
export const whatsApp: Importer = {
  format: 'whatsapp',
  identify: identifyWhatsApp,
  read: readWhatsApp,
}

function identifyWhatsApp(head: Uint8Array, name: string): Identification {
  // A chat that is not packed stands readable in its archive, and is the archive's all the same.
  if (/^PK[\x03\x05\x07]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')))
    return { kind: 'not mine' }
  const encoding = guessEncoding(head)
  // A few stray bytes in a text do not make it another kind of file.
  if (encoding === 'utf-8' && isMostlyBinary(head.subarray(0, 4096))) return { kind: 'not mine' }
  const splitter = splitLines(encoding, guessLineEnd(head))
  const lines = [...splitter.push(head), ...splitter.end()]
  const survey = surveyLines()
  survey.see(lines)
  const seen = survey.conclude({})
  const named = namedWhatsApp.test(name)
  if (!seen) {
    const text = lines.some(line => line.text.trim() !== '')
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
  if (!named && seen.mayBeLog) return { kind: 'not mine' }
  const marked = lines.some(
    line =>
      line.text.includes('\u200e') ||
      findNotice(line.text.replace(/^.*?[-\]] /, ''), () => false)?.fact === 'encryption',
  )
  const confidence =
    0.5 +
    (leads ? 0.15 : 0) +
    (seen.headers >= 3 ? 0.15 : 0) +
    (named || marked ? 0.15 : 0) -
    (seen.otherHeaders > seen.headers / 4 ? 0.2 : 0)
  return { kind: 'mine', dialect: seen.main.words, confidence: Math.round(confidence * 100) / 100 }
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
  yield {
    step: 'identified',
    format: 'whatsapp',
    dialect: survey.main.words,
    confidence: confidenceOf(survey),
  }
  const assembler = assembleRecords(survey, answers, account)
  for await (const { lines } of linesOf(source.open())) {
    const records = assembler.take(lines)
    if (records.length > 0) yield { step: 'records', records }
  }
  const last = assembler.end()
  if (last.length > 0) yield { step: 'records', records: last }
  explain(survey, answers, assembler.noticed(), account, source.siblings ? source.name : null)
  if (!survey.isMarked)
    account.note(
      `The text is ${survey.encoding.toUpperCase()} without the mark that says so; it was told from its bytes.`,
    )
  if (survey.zeros > 0)
    account.problem(
      'zero-bytes',
      survey.zeros === 1
        ? 'One byte of the text is zero, which no text has. It is kept where it stands, and may stand in the beginning of a line.'
        : `${survey.zeros} bytes of the text are zero, which no text has. They are kept where they stand.`,
    )
  yield { step: 'account', account: account.close(source.size) }
}

type FileSurvey = Survey & {
  readonly encoding: string
  readonly isMarked: boolean
  readonly zeros: number
}

async function surveyFile(source: EvidenceSource, answers: Answers): Promise<FileSurvey | null> {
  const survey = surveyLines()
  let about = { encoding: 'utf-8', isMarked: true }
  let zeros = 0
  for await (const { lines, encoding, isMarked } of linesOf(source.open())) {
    about = { encoding, isMarked: isMarked || encoding === 'utf-8' }
    survey.see(lines)
    for (const line of lines) if (line.text.includes('\0')) zeros += line.text.split('\0').length - 1
  }
  const found = survey.conclude(answers)
  return found && { ...found, ...about, zeros }
}

function isMostlyBinary(sample: Uint8Array): boolean {
  let odd = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1
  return odd * 20 > sample.length
}

function confidenceOf(survey: Survey): number {
  const alone = survey.headers < 3 ? 0.65 : 0.95
  return survey.otherHeaders > survey.headers / 4 ? alone - 0.2 : alone
}
