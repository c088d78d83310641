import type { FastifyInstance } from 'fastify'
import { type Assets, assetKey } from './assets.ts'
import { RequestProblem } from './request-problem.ts'

/** Serves the assets from memory. Their address changes with their content, so browsers may keep them for a year. */
export function serveAssets(fastify: FastifyInstance, assets: Assets): void {
  const prefix = `/assets/${assetKey()}/`
  fastify.get(`${prefix}*`, (request, reply) => {
    const asset = assets.get(request.url.slice(prefix.length))
    if (!asset) throw new RequestProblem(404, 'no such asset')
    // RFC 8246: immutable
    reply.header('cache-control', 'public, max-age=31536000, immutable').type(asset.type)
    return reply.send(asset.body)
  })
}
