import type { AnyRoute, ClientRoute } from '../../identity/route.ts'
import { showHome } from './home/page.ts'
import { showLooks } from './looks/page.ts'
import { askForNote, takeNote } from './note/page.ts'
import { showNotes } from './notes/page.ts'
import { takeOut } from './out/page.ts'
import { showPhrase, takeDuressSeen, takePhrase } from './phrase/page.ts'
import { showMyStart } from './start/page.ts'
import { askForWords, takeWords } from './words/page.ts'

const ownCase = { kind: 'client' } as const
const clientRoutes: readonly ClientRoute[] = [
  {
    ...ownCase,
    part: 'appointment',
    mode: 'read',
    beside: ['plan'],
    method: 'GET',
    path: '/my',
    answer: showHome,
  },
  { ...ownCase, part: 'diary', mode: 'read', method: 'GET', path: '/my/notes', answer: showNotes },
  { ...ownCase, part: 'diary', mode: 'write', method: 'GET', path: '/my/notes/new', answer: askForNote },
  { ...ownCase, part: 'diary', mode: 'write', method: 'POST', path: '/my/notes/new', answer: takeNote },
  {
    ...ownCase,
    part: 'diary',
    mode: 'write',
    method: 'GET',
    path: '/my/notes/:note/correct',
    answer: askForNote,
  },
  {
    ...ownCase,
    part: 'diary',
    mode: 'write',
    method: 'POST',
    path: '/my/notes/:note/correct',
    answer: takeNote,
  },
  { ...ownCase, part: 'trail', mode: 'read', method: 'GET', path: '/my/looks', answer: showLooks },
]

const contact = { kind: 'case', part: 'contact', mode: 'write' } as const

/** The pages for a client in their own case, where they sign in, and the page of staff that makes their phrase. */
export const portalRoutes: readonly AnyRoute[] = [
  { kind: 'public', method: 'GET', path: '/my/start', answer: showMyStart },
  { kind: 'public', method: 'GET', path: '/my/words', answer: askForWords },
  { kind: 'public', method: 'POST', path: '/my/words', answer: takeWords },
  { kind: 'public', method: 'POST', path: '/my/out', answer: takeOut },
  ...clientRoutes,
  { ...contact, method: 'GET', path: '/cases/:case/phrase', answer: showPhrase },
  { ...contact, method: 'POST', path: '/cases/:case/phrase', answer: takePhrase },
  { ...contact, method: 'POST', path: '/cases/:case/phrase/second', answer: takeDuressSeen },
]
