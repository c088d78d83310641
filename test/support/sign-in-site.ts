import { findDoneAgain } from '../../src/app/acts-of-two.ts'
import { guard } from '../../src/app/guard.ts'
import { resolveSession } from '../../src/identity/operations/resolve-staff.ts'
import { answerStaleForm } from '../../src/identity/pages/parts/resume-form/answer-stale-form.ts'
import { identityRoutes } from '../../src/identity/pages/routes.ts'
import type { AnyRoute } from '../../src/identity/route.ts'
import type { Clinic } from '../../src/platform/clinic.ts'
import { deriveSecret } from '../../src/platform/keys.ts'
import { mount } from '../../src/web/mount.ts'
import { makeServer } from '../../src/web/server.ts'

export type DoorAnswer = {
  readonly status: number
  readonly location: string | null
  readonly headers: Headers
  readonly text: string
}

/** A browser with its cookies, that sends forms as a page wrote them. */
export type Browser = {
  readonly cookies: Map<string, string>
  readonly get: (path: string) => Promise<DoorAnswer>
  /** Opens `page`, takes every hidden field of its form to `action`, and sends it with `fields` over them. */
  readonly submit: (
    page: DoorAnswer,
    action: string,
    fields?: Readonly<Record<string, string>>,
  ) => Promise<DoorAnswer>
  readonly post: (path: string, body: URLSearchParams | FormData) => Promise<DoorAnswer>
}

/** Serves the sign-in of a clinic, and routes of a test behind it, on a free port of loopback. */
export async function openDoorSite(
  clinic: Clinic,
  extra: readonly AnyRoute[] = [],
): Promise<{
  readonly address: string
  readonly browser: () => Browser
  readonly close: () => Promise<void>
}> {
  const server = await makeServer({
    csrfKey: deriveSecret(clinic.key, 'form-tokens'),
    behindTls: clinic.site.behindTls,
    log: facts => clinic.log('request', { ...facts }),
    fault: error => clinic.log('fault', { message: String(error) }),
    staleForm: async (request, pattern) =>
      answerStaleForm(request, clinic, {
        ...(await resolveSession(request, clinic)),
        doneAgain: findDoneAgain(pattern, request.params),
      }),
  })
  mount(
    server,
    [...identityRoutes, ...extra].map(route => ({
      method: route.method,
      path: route.path,
      ...(route.upload ? { upload: route.upload } : {}),
      answer: guard(route, clinic),
    })),
  )
  const address = await server.fastify.listen({ host: '127.0.0.1', port: 0 })
  const browser = (): Browser => {
    const cookies = new Map<string, string>()
    const ask = async (path: string, init: RequestInit = {}): Promise<DoorAnswer> => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${address}${path}`, {
        ...init,
        redirect: 'manual',
        headers: cookie ? { cookie } : {},
      })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      }
      return {
        status: answer.status,
        location: answer.headers.get('location'),
        headers: answer.headers,
        text: await answer.text(),
      }
    }
    return {
      cookies,
      get: path => ask(path),
      post: (path, body) => ask(path, { method: 'POST', body }),
      submit: (page, action, fields = {}) => {
        const form = page.text.split('<form').find(part => part.includes(`action="${action}"`)) ?? ''
        const inside = form.split('</form>')[0] ?? ''
        const body = new URLSearchParams()
        for (const [, name = '', value = ''] of inside.matchAll(
          /type="hidden" name="([^"]+)"[^>]*? value="([^"]*)"/g,
        ))
          body.append(name, value)
        for (const [, name = '', value = ''] of inside.matchAll(
          /<textarea name="([^"]+)" hidden>\n([^<]*)<\/textarea>/g,
        ))
          body.append(name, value)
        for (const [name, value] of Object.entries(fields)) body.set(name, value)
        return ask(action, { method: 'POST', body })
      },
    }
  }
  return { address, browser, close: () => server.fastify.close() }
}
