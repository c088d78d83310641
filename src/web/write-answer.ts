import type { FastifyReply } from 'fastify'
import { unreachable } from '../foundation/decision.ts'
import type { Answer, AnswerHeaders } from './answer.ts'

function addHeaders(reply: FastifyReply, headers: AnswerHeaders | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    // fastify gathers set-cookie; the visit cookie may be there already
    reply.header(name, typeof value === 'string' ? value : [...value])
  }
}

/** The file name for those who read only ASCII, and the whole name for the rest. */
// RFC 6266, section 4.3 and appendix D; RFC 8187 for filename*
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%/]/g, '_')
  const whole = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*!]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** A place to go to: a path here, or a whole https address; never a scheme or a host by accident. */
function safePlace(to: string): string {
  const isPath = /^\/(?![/\\])[^\s\\]*$/.test(to)
  const isAddress = /^https:\/\/[^\s\\]+$/.test(to)
  if (!isPath && !isAddress) throw new Error('a page tried to redirect to something that is not an address')
  return to
}

/** Writes a page's answer to the connection. */
export function writeAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  switch (answer.kind) {
    case 'page':
      addHeaders(reply, answer.headers)
      return reply.code(answer.status).type('text/html; charset=utf-8').send(answer.page.markup)
    case 'redirect':
      addHeaders(reply, answer.headers)
      return reply.code(303).header('location', safePlace(answer.to)).send()
    case 'download':
      // sandboxed and never shown: what was handed in is hostile until proved otherwise
      reply.header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
      reply.header('content-disposition', attachment(answer.name)).type(answer.type)
      if (answer.size !== undefined) reply.header('content-length', answer.size)
      return reply.send(answer.body)
    case 'picture':
      reply.header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
      return reply.type('image/svg+xml').send(answer.svg.markup)
    case 'image':
      reply.header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
      return reply.type(answer.type).header('content-length', answer.size).send(answer.body)
    case 'json':
      return reply
        .code(answer.status)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(answer.body))
    default:
      return unreachable(answer)
  }
}
