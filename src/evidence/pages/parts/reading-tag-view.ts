import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Reading } from '../../item.ts'
import { type ReadingWords, sayReading } from '../../say-reading.ts'

const colours: Readonly<Record<ReadingWords['mood'], string>> = {
  settled: 'govuk-tag--grey',
  waiting: 'govuk-tag--light-blue',
  question: 'govuk-tag--yellow',
  good: 'govuk-tag--green',
  trouble: 'govuk-tag--red',
}

/** How far a reading has come, as a tag with its line. */
export function readingTagView(reading: Reading | null): Html {
  const words = sayReading(reading)
  return html`${tag({ text: words.tag, classes: colours[words.mood] })}${words.line !== '' && html`<br>${words.line}`}`
}
