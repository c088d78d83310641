import { clientCookie } from '../../../identity/client-session.ts'
import { endClientSession } from '../../../identity/operations/end-client-session.ts'
import { signInClient } from '../../../identity/operations/sign-in-client.ts'
import type { PublicVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { writeCookie } from '../../../web/cookie.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { wordsView } from './view.ts'

const longest = 1000

/** Asks for the words, and says nothing of what they open. */
export async function askForWords({ csrfToken }: PageRequest, _visit: PublicVisit): Promise<Answer> {
  return showPage(wordsView(csrfToken, null))
}

/**
 * Takes the words. Anything that is not right gets one and the same answer, and what was typed is not shown again: a
 * phrase is on no page (S3, S4).
 */
export async function takeWords(request: PageRequest, { clinic }: PublicVisit): Promise<Answer> {
  const { csrfToken, address } = request
  const typed = fieldText(request.form, 'words').slice(0, longest)
  if (typed.trim() === '') return showPage(wordsView(csrfToken, 'Enter your words'), 422)
  const answer = await signInClient(clinic, { typed, address })
  switch (answer.kind) {
    case 'refused':
      return showPage(wordsView(csrfToken, 'These words are not right. Check them and try again'), 422)
    case 'wait':
      return showPage(
        wordsView(csrfToken, `Try again in ${answer.seconds} ${answer.seconds === 1 ? 'second' : 'seconds'}`),
        429,
      )
    case 'signed-in': {
      // A browser holds one session: the one it had before ends on the server as well.
      const before = request.cookies.get(clientCookie)
      if (before) await endClientSession(clinic, before, 'replaced')
      return goTo('/my', { 'set-cookie': writeCookie(clientCookie, answer.token, clinic.site) })
    }
  }
}
