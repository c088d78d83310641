import type { Answers, Question, ReadFormat } from './importer.ts'
import { guessEncoding, guessLineEnd, splitLines } from './split-lines.ts'
import { findNotice } from './whatsapp/find-notice.ts'
import { isOmittedInBrackets } from './whatsapp/phrases.ts'

/** What a chat of this form is called, how that is known, and what a person is asked. */
export type Program = {
  readonly format: Extract<ReadFormat, 'whatsapp' | 'signal' | 'chat'>
  readonly note: string
  readonly question: Question | null
}

const isNotice = (text: string): boolean => findNotice(text, () => false)?.isTelling === true

const ownFileName = /\b(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.\w{1,5}\b/
const namedWhatsApp = /whats\s?app|(?:^|\/)_chat(?:\.txt)?$/i

/**
 * Looks for what only WhatsApp writes: its notices, its mark before what the app says, its names for files. The header
 * of a line is no sign, because exporters of other programs copied it.
 */
function findOwnMark(head: Uint8Array): string | null {
  const splitter = splitLines(guessEncoding(head), guessLineEnd(head))
  for (const { text } of [...splitter.push(head), ...splitter.end()]) {
    const body = text.slice(0, 600).replace(/^.*?(?:\d\]|[-–]) /u, '')
    const words = body.replace(/^[^:]{1,60}: /, '')
    // Before the header: there nobody who writes a message can put it.
    if (/^[\u200e\ufeff]*\u200e\[/.test(text)) return 'the mark it puts before its own lines'
    if (ownFileName.test(body)) return 'its names for files'
    if (isNotice(body) || isNotice(words) || isOmittedInBrackets(words.trim())) return 'its notices'
  }
  return null
}

/** What the chat is called: by what a person said, else by what only WhatsApp writes, else by its name, and said so. */
export function findProgram(head: Uint8Array, name: string, answers: Answers): Program {
  const ownMark = findOwnMark(head)
  const isNamed = namedWhatsApp.test(name)
  switch (answers.program) {
    case 'whatsapp':
      return {
        format: 'whatsapp',
        note: 'It is called a WhatsApp export, as a person answered.',
        question: null,
      }
    case 'signal':
      return {
        format: 'signal',
        note: 'It is called a chat from Signal, written by an exporter, as a person answered.',
        question: null,
      }
    case 'another':
      return {
        format: 'chat',
        note: 'It is a chat from another program, as a person answered.',
        question: null,
      }
    default:
      if (ownMark !== null)
        return { format: 'whatsapp', note: `It is called a WhatsApp export by ${ownMark}.`, question: null }
      return isNamed
        ? {
            format: 'whatsapp',
            note: 'It is called a WhatsApp export by its name alone: exporters of Signal and other programs write the same form.',
            question: null,
          }
        : {
            format: 'chat',
            note: 'It is a chat in the form that WhatsApp and exporters of Signal and other programs write alike. Nothing in it says which.',
            question,
          }
  }
}

const question: Question = {
  id: 'program',
  holdsUp: false,
  text: 'Which program is this chat from?',
  choices: [
    { value: 'whatsapp', text: 'WhatsApp' },
    { value: 'signal', text: 'Signal' },
    { value: 'another', text: 'Another program' },
  ],
}
