import { createServer } from 'node:http'
import type { Clinic } from '../platform/clinic.ts'
import { Fault } from '../platform/fault.ts'
import { writeMachineMetrics } from '../platform/machine-metrics.ts'
import { makeRequestMetrics, type RequestMetrics } from '../web/request-metrics.ts'
import { writeIndicatorMetrics } from './indicator-metrics.ts'

export type MetricsServer = {
  readonly port: number
  /** Called for every request that the clinic answers. */
  readonly count: RequestMetrics['count']
  readonly stop: () => Promise<void>
}

/** A page in a browser on this machine could send its reader here under a name of its own; it gets nothing. */
const ownNames = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/

/**
 * Answers `/metrics` on a port of its own that only this machine reaches: the port that the clinic is served on knows
 * nothing of it. Figures alone: no name, no address, no id (S11).
 */
export async function startMetrics(
  clinic: Pick<Clinic, 'clinicId' | 'database' | 'indicatorFolder' | 'clock'>,
  config: { readonly dataFolder: string; readonly metricsPort: number },
  memoryBeside?: () => Promise<number>,
): Promise<MetricsServer> {
  const requests = makeRequestMetrics()
  let gathering: Promise<string> | null = null
  const gather = (): Promise<string> => {
    gathering ??= (async () => {
      try {
        const machine = await writeMachineMetrics(clinic, config.dataFolder, memoryBeside)
        const indicators = await writeIndicatorMetrics(clinic)
        return `${[...machine, ...indicators, ...requests.write()].join('\n')}\n`
      } finally {
        gathering = null
      }
    })()
    return gathering
  }
  const server = createServer((request, response) => {
    response.setHeader('cache-control', 'no-store')
    response.setHeader('x-content-type-options', 'nosniff')
    const refuse = (status: number): void => void response.writeHead(status).end()
    if (!ownNames.test(request.headers.host ?? '')) return refuse(403)
    if (request.url !== '/metrics') return refuse(404)
    if (request.method !== 'GET') return refuse(405)
    // Prometheus, "Exposition formats", text format
    gather().then(
      text =>
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => refuse(500),
    )
  })
  await new Promise<void>((done, fail) => {
    server.once('error', cause => {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown fault'
      fail(
        new Fault(
          'port-taken',
          `The port ${config.metricsPort} for metrics cannot be used (${code}). Set UNWATCHED_METRICS_PORT to a free port.`,
          { cause },
        ),
      )
    })
    server.listen(config.metricsPort, '127.0.0.1', done)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : config.metricsPort,
    count: requests.count,
    stop: async () => {
      const closed = new Promise(done => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}
