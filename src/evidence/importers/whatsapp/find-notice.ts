import type { AppFact } from '../importer.ts'
import { appRemarks } from './app-remarks.ts'
import { groupPhrases } from './group-phrases.ts'
import { callRemarks, labelPhrases, timeWords } from './label-phrases.ts'
import { noticePhrases } from './notice-phrases.ts'

/** A phrase of the app's, found in the words of a line. */
export type Notice = {
  readonly fact: AppFact
  /** Whole when every word is the app's or a name the file knows. */
  readonly part: 'whole' | 'in part'
  /** Whether it would be odd for a person to write so by chance: "Rob left" is, and "the dog left" is not. */
  readonly isTelling: boolean
}

/** Whether a text is somebody the file names, a number, or "you". */
export type IsName = (text: string) => boolean

/** No phrase of the app's is longer than this, with what it adds. */
const longest = 700
/** A beginning of so many characters that happens to be the app's is no accident. */
const tellingLength = 20

const digit = '[\\d\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f]'
const unit = `(?:${timeWords
  .sort((one, other) => other.length - one.length)
  .map(escapeForPattern)
  .join('|')}|秒钟?|分钟?|分間?|小时|小時|時間|초|분|시간)\\.?`
const clock = `${digit}{1,2}:${digit}{2}(?::${digit}{2})?(?:\\s?[ap]\\.?m\\.?)?`
const time = `(?:${clock}|${digit}{1,4}\\s?${unit}(?:\\s?${digit}{1,3}\\s?${unit})*)`
const isTime = new RegExp(`^${time}$`, 'u')

const isPlain = /^[\x20-\x7e]*$/
const wordEnd = /[\s.,:;!?]+/

type Frame = {
  readonly fact: AppFact
  readonly pattern: RegExp
  readonly slots: readonly ('name' | 'words')[]
}

/** Phrases without a slot, by their words; and phrases with one, by the longest word in them. */
const fixed = new Map<string, AppFact>()
const framesByWord = new Map<string, Frame[]>()
for (const [fact, phrases] of [labelPhrases, noticePhrases, groupPhrases].flatMap(table =>
  Object.entries(table),
) as [AppFact, string][])
  for (const phrase of phrases.split(/[|\n]/).map(plainPhrase)) {
    if (phrase === '') continue
    if (!phrase.includes('{')) fixed.set(phrase, fact)
    else {
      const word = keywordOf(phrase)
      framesByWord.set(word, [...(framesByWord.get(word) ?? []), frameOf(fact, phrase)])
    }
  }
const remarks = new Set<string>()
const remarkFrames: RegExp[] = []
for (const remark of appRemarks.split(/[|\n]/).map(plainPhrase))
  if (remark.includes('{')) remarkFrames.push(frameOf('notice', remark).pattern)
  else if (remark !== '') remarks.add(remark)
/** How every phrase without a slot begins: most messages are set aside by it. */
const startLength = 6
const starts = new Set([...fixed.keys()].map(phrase => phrase.slice(0, startLength)))

/**
 * Finds what the app says with these words: with all of them, or with a sentence at their beginning. Null when no phrase
 * anybody knows is in them.
 */
export function findNotice(text: string, isName: IsName): Notice | null {
  if (text.length > longest && text.indexOf('\n') === -1) return null
  const lineEnd = text.indexOf('\n')
  const line = lineEnd === -1 ? text : text.slice(0, lineEnd)
  if (line.length > longest || !mayBePhrase(line)) return null
  // The app writes this one word in small letters; a person's "Null" is a word like any other.
  if (line.trim().toLowerCase() === 'null' && line.trim() !== 'null') return null
  const goesOn = lineEnd !== -1 && /[^\s\p{Cf}]/u.test(text.slice(lineEnd))
  const plain = plainPhrase(line)
  const found = findCall(plain) ?? findSentences(plain, isName)
  return found && goesOn ? { ...found, part: 'in part' } : found
}

/** Whether a name before a colon may be the beginning of a line of the app's that holds a colon itself. */
export function mayLeadNotice(name: string): boolean {
  return wordsOf(name).some(word =>
    (framesByWord.get(word) ?? []).some(frame => frame.slots.includes('words')),
  )
}

function mayBePhrase(line: string): boolean {
  const plain = isPlain.test(line) ? line.toLowerCase() : plainPhrase(line)
  if (plain.length <= startLength + 1 || starts.has(plain.slice(0, startLength))) return true
  let from = 0
  for (let at = 0; at <= plain.length; at += 1) {
    if (at < plain.length && !isWordEnd(plain.charCodeAt(at))) continue
    if (at - from > 3 && framesByWord.has(plain.slice(from, at))) return true
    from = at + 1
  }
  return false
}

/** A space, or one of . , : ; ! ? */
const isWordEnd = (code: number) =>
  code === 32 || code === 46 || code === 44 || code === 58 || code === 59 || code === 33 || code === 63

function wordsOf(text: string): readonly string[] {
  const plain = isPlain.test(text) ? text : plainPhrase(text)
  return plain.toLowerCase().split(wordEnd)
}

/** "Missed voice call, Tap to call back", "Voice call. 5 min": a call, and what the app says of it. */
function findCall(plain: string): Notice | null {
  const whole = fixed.get(plain)
  const [, head = '', rest = ''] = /^([^,.،•·]+)(?:[,.،•·]\s*|$)(.*)$/u.exec(plain) ?? []
  const fact = whole ?? fixed.get(head.trim())
  if (fact !== 'call' && fact !== 'missed-call') return null
  if (whole) return { fact, part: 'whole', isTelling: true }
  const isRemark = (part: string) => part === '' || callRemarks.has(part) || isTime.test(part)
  const isWhole = isRemark(withoutDots(rest)) || rest.split(/[,.،•·]\s*/u).every(isRemark)
  return { fact, part: isWhole ? 'whole' : 'in part', isTelling: isWhole || head.length >= tellingLength }
}

function findSentences(plain: string, isName: IsName): Notice | null {
  const sentences = plain.split(/(?<=[.!?。।])\s+/u)
  for (let count = Math.min(sentences.length, 5); count > 0; count -= 1) {
    const head = withoutDots(sentences.slice(0, count).join(' '))
    const fact = fixed.get(head)
    const found: Notice | null = fact ? { fact, part: 'whole', isTelling: true } : findFrame(head, isName)
    if (!found) continue
    const rest = sentences.slice(count).map(withoutDots)
    if (rest.every(isRemark)) return found
    return { ...found, part: 'in part', isTelling: found.isTelling && head.length >= tellingLength }
  }
  return null
}

const isRemark = (sentence: string) =>
  remarks.has(sentence) || remarkFrames.some(frame => frame.test(sentence))

/** The phrase with slots that fits; the one whose names are known before any other. */
function findFrame(head: string, isName: IsName): Notice | null {
  let best: Notice | null = null
  for (const word of wordsOf(head))
    for (const frame of framesByWord.get(word) ?? []) {
      const found = frame.pattern.exec(head)
      if (!found) continue
      const isTelling = frame.slots.every(
        (slot, index) => slot === 'words' || isNames(found[index + 1] ?? '', isName),
      )
      const part = isTelling && !frame.slots.includes('words') ? 'whole' : 'in part'
      if (!best || (part === 'whole' && best.part !== 'whole') || (isTelling && !best.isTelling))
        best = { fact: frame.fact, part, isTelling }
    }
  return best
}

/** One name, or several: "Ann, Bo and Cy". */
function isNames(text: string, isName: IsName): boolean {
  return isName(text) || text.split(/, | and | und | et | y | e | en | ve | i | și /u).every(isName)
}

function frameOf(fact: AppFact, phrase: string): Frame {
  const slots: ('name' | 'words')[] = []
  const pattern = phrase
    .split(/(\{\w+\})/)
    .map(piece => {
      if (piece === '{time}') return time
      if (piece !== '{name}' && piece !== '{words}') return escapeForPattern(piece)
      slots.push(piece === '{name}' ? 'name' : 'words')
      return piece === '{name}' ? '(.{1,80}?)' : '(.{1,300}?)'
    })
    .join('')
  return { fact, pattern: new RegExp(`^${pattern}$`, 'u'), slots }
}

/** The longest word of a phrase that stands in no slot: of four letters at least, so that few messages hold it. */
function keywordOf(phrase: string): string {
  return wordsOf(phrase.replace(/\S*\{\w+\}\S*/g, ' ')).reduce((one, other) =>
    other.length > one.length ? other : one,
  )
}

/** A phrase without invisible marks, outer dots and capitals, with plain spaces and apostrophes. */
export function plainPhrase(text: string): string {
  return withoutDots(
    text
      .normalize('NFC')
      // What cannot be seen, and the vowel signs of Arabic, which the app writes or leaves out.
      .replace(/[\p{Cf}\u064b-\u0652]/gu, '')
      .replace(/[\u00a0\u2009\u202f]/g, ' ')
      .replaceAll('’', "'")
      .toLowerCase(),
  )
}

function withoutDots(text: string): string {
  return text.trim().replace(/[\s.。।!！]+$/u, '')
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
