import { referralFields } from '../cases/pages/parts/referral-form/questions.ts'
import type { Profile } from '../directory/profile.ts'
import { noteFieldsView } from '../portal/pages/note/view.ts'
import { wordsLabel } from '../portal/pages/words/view.ts'
import { type FormWords, recordFields } from '../web/field-recorder.ts'

const noWords: FormWords = new Map()
const ownWords: FormWords = new Map([['words', { label: wordsLabel, kind: 'words', choices: new Map() }]])

/**
 * What the forms of the public, of a client and of a call say of their fields, for a page that gives one back while the
 * database is away; nothing for every other form. Before the profile was read once, no age and no council is known.
 */
export function findFormWords(path: string, profile: Profile | null): FormWords {
  if (path === '/my/words') return ownWords
  if (path === '/refer/form') return told('public', profile)
  if (path === '/calls/new') return told('call', profile)
  if (/^\/my\/notes\/(?:new|[^/]+\/correct)$/.test(path))
    return recordFields(writer => noteFieldsView(writer, { asksWhich: true }))
  return noWords
}

function told(audience: 'public' | 'call', profile: Profile | null): FormWords {
  const known = profile ?? { ages: null, area: { districts: [] } }
  return recordFields(write => referralFields({ audience, profile: known, write }))
}
