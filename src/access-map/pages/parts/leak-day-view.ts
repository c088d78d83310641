import type { FormProblem } from '../../../foundation/decision.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { situations } from '../../inventory/situation.ts'
import { guesses, knowledgeKinds } from '../../leaks/leak-log.ts'
import type { ReadingPlace } from '../../leaks/reading-places.ts'
import { sayGuess, sayKnowledge, sayReadingPlace, saySituation } from '../../leaks/say-leak.ts'

/** The fields of one day, for entering and for correcting it: all of them in sight at once. */
export function leakDayFieldsView(
  typed: FormFields,
  problems: readonly FormProblem[],
  places: readonly ReadingPlace[],
  end: Html,
): Html {
  const { line, date, choose, tick } = fieldWriter(typed, problems)
  return html`<div class="one-screen one-screen--parts"><div>${choose(
    'knew',
    'Did the suspected person know?',
    [
      { value: 'yes', text: 'Yes, they knew' },
      { value: 'no', text: 'No, an uneventful day' },
    ],
  )}${line('what', 'What did they know, or not know?', {
    hint: 'In one line. How do you know that they knew?',
    width: 'govuk-!-width-full',
  })}${date('on', 'Date')}</div><div>${line('roughly', 'Roughly when, and how soon after (optional)', {
    hint: 'For example, evening, an hour later',
    width: 'govuk-!-width-full',
  })}${choose(
    'kind',
    'What kind of thing was it?',
    knowledgeKinds.map(each => ({ value: each, text: sayKnowledge(each) })),
  )}</div><div>${tick(
    'situations',
    'Where was the client, and what was with them?',
    situations.map(each => ({ value: each, text: saySituation(each) })),
    { hint: 'Nothing ticked means not known' },
  )}</div><div>${choose(
    'guess',
    'Could it have been guessed, or be known to anybody?',
    guesses.map(each => ({ value: each, text: sayGuess(each) })),
  )}${
    places.length > 0 &&
    tick(
      'read-at',
      'If a message or a call: where was it written, read or taken?',
      places.map(each => ({ value: each.id, text: sayReadingPlace(each) })),
      { hint: 'By what is on the map. Nothing ticked means not known' },
    )
  }${end}</div></div>`
}
