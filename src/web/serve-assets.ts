import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Asset, type Assets, assetKey, plainPrefix } from './assets.ts'
import { RequestProblem } from './request-problem.ts'

/**
 * Serves the assets from memory, at two addresses. Those who are signed in at work get them under an address that changes
 * with their content, to keep for a year. Everybody else gets them from where nothing is kept: a file of ours in the
 * cache of a browser would tell anyone who looks through that device that somebody was here (S3).
 */
export function serveAssets(fastify: FastifyInstance, assets: Assets): void {
  const kept = `/assets/${assetKey()}/`
  const serve = (prefix: string, cacheControl: string): void => {
    fastify.get(`${prefix}*`, (request, reply) => {
      const asset = assets.get(request.url.slice(prefix.length))
      if (!asset) throw new RequestProblem(404, 'no such asset')
      reply.header('cache-control', cacheControl)
      return send(request, reply, asset)
    })
  }
  // RFC 8246: immutable
  serve(kept, 'public, max-age=31536000, immutable')
  serve(plainPrefix, 'no-store')
}

function send(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  reply.type(asset.type).header('vary', 'Accept-Encoding')
  const taken = String(request.headers['accept-encoding'] ?? '')
  for (const [name, body] of [
    ['br', asset.brotli],
    ['gzip', asset.gzip],
  ] as const) {
    if (body && takes(taken, name)) return reply.header('content-encoding', name).send(body)
  }
  return reply.send(asset.body)
}

// RFC 9110, section 12.5.3: a weight of nought is a no
function takes(accepted: string, name: string): boolean {
  return accepted.split(',').some(each => {
    const [coding = '', ...parameters] = each.split(';').map(part => part.trim().toLowerCase())
    return coding === name && !parameters.some(parameter => /^q=0(\.0*)?$/.test(parameter))
  })
}
