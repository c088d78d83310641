import { z } from 'zod'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

const schema = z.object({
  wants: oneOf(['yes', 'no', 'she-calls'], 'Select whether they want to be contacted'),
  voicemail: oneOf(['never', 'vague', 'agreed'], 'Select whether a message may be left'),
  voicemailWords: optionalText({ what: 'The words for a message', max: 500 }),
  weSay: optionalText({ what: 'What we say', max: 200 }),
  theySay: optionalText({ what: 'What they say', max: 200 }),
  ifAnotherAnswers: optionalText({ what: 'What to do if somebody else answers', max: 500 }),
  ifCutOff: optionalText({ what: 'What to do if the call is cut off', max: 500 }),
  trusted: optionalText({ what: 'Somebody both trust', max: 500 }),
})

/** Reads what was agreed about contact. A message may be left in the words that were agreed for it, and in no others. */
export function readAgreed(form: FormFields): FormResult<z.output<typeof schema>> {
  const read = readForm(schema, form)
  if (!read.ok || read.value.voicemail !== 'agreed' || read.value.voicemailWords !== '') return read
  const message = 'Enter the words that were agreed for a message'
  return { ok: false, problems: [{ field: 'voicemailWords', message }] }
}
