import { expect, test } from 'vitest'
import { appFacts } from '../importer.ts'
import { findNotice } from './find-notice.ts'
import { groupPhrases } from './group-phrases.ts'
import { knowNames } from './known-names.ts'
import { labelPhrases } from './label-phrases.ts'
import { noticePhrases } from './notice-phrases.ts'

const names = knowNames()
for (const name of ['Rob Vance', '~ Dee', 'شخص']) names.see(name)
const find = (text: string) => findNotice(text, names.isName)

const listed = [labelPhrases, noticePhrases, groupPhrases].flatMap(table =>
  Object.entries(table).flatMap(([fact, phrases]) =>
    phrases
      .split(/[|\n]/)
      .map(phrase => phrase.trim())
      .filter(phrase => phrase !== '')
      .map(phrase => [phrase, fact] as const),
  ),
)

test('every listed phrase is found as what it reports, with capitals, a dot and marks as the app writes them', () => {
  for (const [phrase, fact] of listed) {
    const filled = phrase
      .replaceAll('{name}', 'Rob Vance')
      .replaceAll('{words}', '“X”')
      .replaceAll('{time}', '7 days')
    const written = filled === 'null' ? filled : `\u200e${filled[0]?.toUpperCase()}${filled.slice(1)}.`
    const found = find(written)
    expect(found?.fact, written).toBe(fact)
    expect(found?.part, written).toBe(phrase.includes('{words}') ? 'in part' : 'whole')
  }
})

test.each(appFacts)('there is a phrase that reports %s', fact => {
  expect(listed.some(([, each]) => each === fact)).toBe(true)
})

test.each([
  ['You blocked this contact. Tap to unblock.', 'blocked', 'whole'],
  ['Du hast diesen Kontakt blockiert. Tippe, um die Blockierung aufzuheben.', 'blocked', 'whole'],
  ['Bloqueaste a este contacto. Toca para desbloquearlo.', 'blocked', 'whole'],
  ['Hai bloccato questo contatto. Tocca per sbloccare', 'blocked', 'whole'],
  ['\u202a+44 7700 900123\u202c changed to \u202a+44 7700 900456\u202c', 'number-changed', 'whole'],
  [
    '~ Dee turned on disappearing messages. New messages will disappear from this chat 24 hours after they’re sent, except when kept.',
    'disappearing-on',
    'whole',
  ],
  ['Your security code with Rob Vance changed. Tap to learn more.', 'security-code-changed', 'whole'],
  ['Missed voice call, \u200eTap to call back', 'missed-call', 'whole'],
  ['Voice call, 5 min', 'call', 'whole'],
  ['Video call. \u200e2 hr 5 min', 'call', 'whole'],
  ['Ausgehender Sprachanruf. 2 Min.', 'call', 'whole'],
  ['Rob Vance turned on advanced chat privacy. Something a later app says of it.', 'privacy-on', 'in part'],
  ['Somebody Else turned on advanced chat privacy.', 'privacy-on', 'in part'],
  ['Rob Vance changed the subject from “A” to “B: C”', 'group-changed', 'in part'],
] as const)('%s', (text, fact, part) => {
  expect(find(text)).toMatchObject({ fact, part })
})

test.each([
  'I know where you sleep',
  'you blocked this contact because of me',
  'this message was deleted, like you will be',
  'Missed voice call me back or else',
  'Voice call, 2 knives for you',
  'null and void',
  'Null',
])('what only sounds like the app is no whole phrase of the app’s: %s', text => {
  expect(find(text)?.part).not.toBe('whole')
})

test('“the dog left” tells nothing of the app, and “Rob Vance left” does', () => {
  expect(find('the dog left')?.isTelling).toBe(false)
  expect(find('Rob Vance left')?.isTelling).toBe(true)
})
