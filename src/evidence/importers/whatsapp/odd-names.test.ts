import { expect, test } from 'vitest'
import { readBytes } from '../../../../test/support/read-bytes.ts'

const android = (...lines: readonly string[]) =>
  readBytes(lines.map(line => `02/03/2026, 22:14 - ${line}\n`).join(''), 'WhatsApp Chat with Rob.txt')
const iphone = (...lines: readonly string[]) =>
  readBytes(lines.map(line => `[02/03/2026, 22:14:05] ${line}\n`).join(''), '_chat.txt')

test('a threat in brackets or behind a mark is no file that was left out, whatever word of the app’s it holds', async () => {
  const { records } = await iphone(
    'Nell: \u200eimage omitted',
    'Rob: \u200eyou will be omitted',
    'Rob: \u200e<you die media>',
    'Rob: \u200fI get you omitted',
  )
  expect(records.map(each => each.kind)).toEqual(['media', 'message', 'message', 'message'])
  for (const record of records.slice(1))
    expect([record.sender, record.writtenByApp?.answer]).not.toContain('yes')
  const plain = await android('Nell: hi', 'Rob: <I burn your media>', 'Rob: <Media omitted>')
  expect(plain.records.map(each => each.kind)).toEqual(['message', 'message', 'media'])
})

test('a name is kept whatever quotes, marks or words somebody put into it', async () => {
  for (const name of [
    '~ “Rob',
    'Rob 6\'2"',
    '«Rob',
    '„Rob“',
    'Rob created group "a"',
    '~ Rob changed the group name to “x”',
  ]) {
    const { records } = await android('Nell: hi', `${name}: I will kill you`)
    expect([name, records[1]?.sender, records[1]?.text]).toEqual([name, name, 'I will kill you'])
    expect([name, records[1]?.writtenByApp?.answer]).not.toContain('yes')
  }
  const unseen = await android('Nell: hi', '\u200b: I will kill you')
  expect(unseen.records[1]?.sender).toBe('\u200b')
})

test('a mark that a person can type names no program', async () => {
  const typed = '[02/03/2026, 22:14:05] Rob: \u200eI hate you\n[02/03/2026, 22:15:05] Rob: hi\n'
  const { format, account } = await readBytes(typed, 'talk.txt')
  expect(format).toBe('chat')
  expect(account.questions.map(each => each.id)).toContain('program')
})

test('lines that end in a carriage return alone are lines, and nobody’s words are laid to the one before', async () => {
  const chat = ['Rob: I see you', 'Nell: please stop', 'Rob: no']
    .map(line => `02/03/2026, 22:14 - ${line}`)
    .join('\r')
  const { records } = await readBytes(chat, 'WhatsApp Chat with Rob.txt')
  expect(records.map(({ sender, text }) => [sender, text])).toEqual([
    ['Rob', 'I see you'],
    ['Nell', 'please stop'],
    ['Rob', 'no'],
  ])
})
