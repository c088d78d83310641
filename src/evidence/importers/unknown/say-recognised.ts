import type { Recognised } from './titles.ts'

/** Says in one sentence what a file is that nobody reads yet, and what to bring instead where that is better. */
export function sayUnknownNotRead(recognised: Recognised, lie: string | null): string {
  const { format, title, instead, byContent } = recognised
  if (format === 'empty') return 'The file is empty.'
  const although = lie === null ? '' : `, although it is named ${lie}`
  if (format === 'unrecognised')
    return title.startsWith('the beginning')
      ? `It is ${title}.`
      : `The content is of no kind we recognise${although}.`
  const how = byContent ? 'By its content' : 'By its name alone, because its content is locked,'
  return `${how} this is ${title}, not read yet${although}${instead === null ? '' : `: ${instead}`}.`
}
