import { blankRecord } from '../blank-record.ts'
import type { Answers, EvidenceSource, Identification, Importer, ReadStep } from '../importer.ts'
import { keepAccount } from '../keep-account.ts'
import { encodingOf, splitLines } from '../split-lines.ts'
import { assembleRecords } from './assemble.ts'
import { explain } from './explain.ts'
import { findNotice } from './find-notice.ts'
import { type Survey, surveyLines } from './survey.ts'

const logLevel = /[-\]:] ?\[?(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|NOTICE)\]?\b/
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
  let splitter: ReturnType<typeof splitLines> | null = null
  for await (const chunk of source.open()) {
    splitter ??= splitLines(encodingOf(chunk))
    const records = assembler.take(splitter.push(chunk))
    if (records.length > 0) yield { step: 'records', records }
  }
  const last = [...assembler.take(splitter?.end() ?? []), ...assembler.end()]
  if (last.length > 0) yield { step: 'records', records: last }
  explain(survey, answers, assembler.noticed(), account, source.siblings ? source.name : null)
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
