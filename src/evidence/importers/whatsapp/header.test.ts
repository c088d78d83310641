import { expect, test } from 'vitest'
import { whatsApp } from './whatsapp.ts'

const locales =
  'en-GB en-US en-AU en-CA en-IN en-ZA af sq am ar ar-EG az be bg bn bs ca cs cy da de de-CH el es es-MX es-CO et eu fa fi fil fr fr-CA ga gl gu he hi hr hu hy id it ja ka kk km kn ko lo lt lv mk ml mn mr ms my nb ne nl pa pl pt pt-PT ro ru sd si sk sl so sr sv sw ta te th tr uk ur uz vi zh-CN zh-TW zh-HK zu'.split(
    ' ',
  )

/** Five days of one month, so that the order of the date can be known from the whole file. */
const moments = [
  [3, 0],
  [5, 9],
  [13, 12],
  [25, 17],
  [28, 23],
].map(([day, hour]) => Date.UTC(2024, 2, day, hour, 5))

async function readTimes(text: string): Promise<(string | null)[]> {
  const bytes = Buffer.from(text)
  const source = {
    name: 'chat.txt',
    size: bytes.length,
    async *open() {
      yield bytes
    },
  }
  const times: (string | null)[] = []
  for await (const step of whatsApp.read(source, {}))
    if (step.step === 'records') times.push(...step.records.map(record => record.sentLocal))
  return times
}

const expected = moments.map(moment => new Date(moment).toISOString().slice(0, 19))

test.each(locales)(
  'a chat from a phone set to %s gives its times, on either phone and either clock',
  async locale => {
    for (const timeStyle of ['short', 'medium'] as const) {
      for (const hour12 of [true, false]) {
        const formatter = new Intl.DateTimeFormat(locale, {
          dateStyle: 'short',
          timeStyle,
          hour12,
          timeZone: 'UTC',
        })
        const written = moments.map(moment => formatter.format(moment))
        const android = written.map(time => `${time} - Kit: x`).join('\n')
        const iPhone = written.map(time => `\u200e[${time}] Kit: x`).join('\n')
        expect(await readTimes(android), android).toEqual(expected)
        expect(await readTimes(iPhone), iPhone).toEqual(expected)
      }
    }
  },
)
