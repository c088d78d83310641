import { sweepBlobs } from '../evidence/operations/sweep-blobs.ts'
import { resolveStaff } from '../identity/operations/resolve-staff.ts'
import { answerStaleForm } from '../identity/pages/carry-on/answer-stale-form.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Config } from '../platform/config.ts'
import { Fault } from '../platform/fault.ts'
import { startJobs } from '../platform/jobs.ts'
import { deriveSecret } from '../platform/keys.ts'
import { mount } from '../web/mount.ts'
import { healthPaths, serveHealth } from '../web/serve-health.ts'
import { makeServer, type RequestFacts, type ServerOptions } from '../web/server.ts'
import { guard } from './guard.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

export type Serving = {
  /** With a slash at the end. */
  readonly address: string
  readonly stop: () => Promise<void>
}

/** Serves every page of the clinic and works through its queue, until stopped. */
export async function startServing(
  clinic: Clinic,
  config: Pick<Config, 'host' | 'port' | 'behindTls' | 'trustProxy'>,
  options: {
    readonly withJobs?: boolean
    readonly limits?: ServerOptions['limits']
    /** Told of every request that was answered. */
    readonly seen?: (facts: RequestFacts) => void
  } = {},
): Promise<Serving> {
  const server = await makeServer({
    csrfKey: deriveSecret(clinic.key, 'form-tokens'),
    behindTls: config.behindTls,
    trustProxy: config.trustProxy,
    log: facts => {
      options.seen?.(facts)
      // A watch asks every few seconds; only an answer that is not yes is news.
      if (healthPaths.has(facts.route) && facts.status === 200) return
      clinic.log('request', {
        method: facts.method,
        route: facts.route,
        status: facts.status,
        ms: facts.milliseconds,
        ...(facts.reference === undefined ? {} : { reference: facts.reference }),
        ...(facts.problem === undefined ? {} : { problem: facts.problem }),
      })
    },
    fault: (error, reference) => clinic.log('fault', { reference, code: codeOf(error), at: placeOf(error) }),
    staleForm: async request => answerStaleForm(request, clinic, await resolveStaff(request, clinic)),
    ...(options.limits ? { limits: options.limits } : {}),
  })
  serveHealth(server.fastify, () => answersSoon(clinic))
  mount(
    server,
    routes.map(route => ({
      method: route.method,
      path: route.path,
      ...(route.upload ? { upload: route.upload } : {}),
      answer: guard(route, clinic),
    })),
  )
  try {
    await server.fastify.listen({ host: config.host, port: config.port })
  } catch (cause) {
    throw listenFault(cause, config)
  }
  const address = server.fastify.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  // What a crash left half written in the blob folder is of no use to anybody.
  if (options.withJobs !== false) await sweepBlobs(clinic)
  const lanes = options.withJobs === false ? [] : await startLanes(clinic)
  return {
    address: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/`,
    stop: async () => {
      await server.fastify.close()
      await Promise.all(lanes.map(lane => lane.stop()))
    },
  }
}

/** What is urgent is never behind a queue of evidence: it has a lane in which nothing else runs. */
async function startLanes(clinic: Clinic): Promise<readonly { readonly stop: () => Promise<void> }[]> {
  const urgent = await startJobs(
    clinic,
    jobs.filter(job => job.isUrgent),
    { concurrency: 1 },
  )
  const others = await startJobs(
    clinic,
    jobs.filter(job => !job.isUrgent),
  )
  return [urgent, others]
}

/** False when the database does not answer within two seconds. */
async function answersSoon({ database }: Clinic): Promise<boolean> {
  let patience: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(done => {
    patience = setTimeout(() => done(false), 2000)
  })
  try {
    return await Promise.race([
      database.ping().then(
        () => true,
        () => false,
      ),
      late,
    ])
  } finally {
    clearTimeout(patience)
  }
}

function listenFault(cause: unknown, config: Pick<Config, 'host' | 'port'>): Fault {
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    return new Fault(
      'port-taken',
      `Port ${config.port} is taken by another program. Stop that one, or set UNWATCHED_PORT to a free port.`,
      { cause },
    )
  }
  if (code === 'EACCES') {
    return new Fault(
      'port-refused',
      `This user may not use port ${config.port}. Set UNWATCHED_PORT to a number above 1023.`,
      { cause },
    )
  }
  return new Fault(
    'port-refused',
    `The program could not listen on ${config.host}, port ${config.port} (${code ?? 'unknown fault'}).`,
    { cause },
  )
}

/** A fault in the log is its code and its place in the program: a message might hold a word of a case (S11). */
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown'
}

function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return /src\/([\w/.-]+:\d+)/.exec(stack)?.[1] ?? 'unknown'
}
