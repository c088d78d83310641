import { emergencyLine } from '../cases/pages/parts/emergency.ts'
import type { Profile } from '../directory/profile.ts'
import { resolveSession } from '../identity/operations/resolve-staff.ts'
import { answerStaleForm } from '../identity/pages/parts/resume-form/answer-stale-form.ts'
import { answerUnserved } from '../identity/pages/parts/resume-form/answer-unserved.ts'
import { makeWriteCheck } from '../platform/can-write.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Config } from '../platform/config.ts'
import { codeOfTrouble, findTrouble } from '../platform/database-trouble.ts'
import { Fault, timeOfFault } from '../platform/fault.ts'
import { type ClinicKey, deriveSecret } from '../platform/keys.ts'
import type { Log } from '../platform/log.ts'
import { mount } from '../web/mount.ts'
import { healthPaths, serveHealth } from '../web/serve-health.ts'
import { makeServer, type RequestFacts, type ServerOptions } from '../web/server.ts'
import { findDoneAgain } from './acts-of-two.ts'
import { findFormWords } from './form-words.ts'
import { guard } from './guard.ts'
import { findKnownProfile } from './known-profile.ts'
import { routes } from './routes.ts'

/** The address where the clinic is reached, before and after it is known which clinic it is. */
export type StandbyServer = {
  /** With a slash at the end. */
  readonly address: string
  /** From here on its pages are the clinic's. */
  readonly open: (clinic: Clinic) => Promise<void>
  readonly close: () => Promise<void>
  /** Rejects when it can go on no longer. */
  readonly broken: Promise<never>
  /** What its other processes hold, in bytes. */
  readonly memory: () => Promise<number>
}

export type StandbyOptions = {
  readonly limits?: ServerOptions['limits']
  /** Called for every request that was answered. */
  readonly seen?: (facts: RequestFacts) => void
  /** Whether anything can be saved now, where another process knows; without it, found out here. */
  readonly canWrite?: () => Promise<boolean>
}

/** How often the clinic's profile is looked up again, in milliseconds. */
const profileHolds = 5 * 60_000

/**
 * Listens, with every page of the clinic. Until `open` they answer as they do whenever the database is away: a reader is
 * told that it is away, and a form is given back filled in.
 */
export async function openStandbyServer(
  base: { readonly key: ClinicKey; readonly log: Log },
  config: Pick<Config, 'host' | 'port' | 'behindTls' | 'trustProxy'>,
  options: StandbyOptions = {},
): Promise<StandbyServer> {
  let clinic: Clinic | null = null
  let canWrite = async (): Promise<boolean> => false
  let profile: Profile | null = null
  let profileTimer: NodeJS.Timeout | undefined
  const here = (): Clinic => {
    if (clinic) return clinic
    throw new Fault('clinic-starting', 'The program waits for its database.')
  }
  const server = await makeServer({
    csrfKey: deriveSecret(base.key, 'form-tokens'),
    behindTls: config.behindTls,
    trustProxy: config.trustProxy,
    log: facts => {
      options.seen?.(facts)
      // A watch asks every few seconds; only an answer that is not yes is news.
      if (healthPaths.has(facts.route) && facts.status === 200) return
      base.log('request', {
        method: facts.method,
        route: facts.route,
        status: facts.status,
        ms: facts.milliseconds,
        ...(facts.reference === undefined ? {} : { reference: facts.reference }),
        ...(facts.problem === undefined ? {} : { problem: facts.problem }),
      })
    },
    fault: (error, reference) =>
      base.log(
        'fault',
        { reference, code: codeOf(error), place: placeOf(error) },
        timeOfFault(error) ?? undefined,
      ),
    staleForm: async (request, pattern) =>
      answerStaleForm(request, here(), {
        ...(await resolveSession(request, here())),
        doneAgain: findDoneAgain(pattern, request.params),
      }),
    unserved: (fault, request, sent) => {
      const trouble = findTrouble(fault)
      if (!trouble) return null
      return {
        answer: answerUnserved(request, sent, {
          phone: profile?.public.phone ?? null,
          emergency: emergencyLine(),
          words: findFormWords(request.path, profile),
        }),
        note: `database ${trouble}: ${codeOfTrouble(fault)}`,
      }
    },
    ...(options.limits ? { limits: options.limits } : {}),
  })
  serveHealth(server.fastify, () => canWrite(), { isStarting: () => clinic === null })
  mount(
    server,
    routes.map(route => ({
      method: route.method,
      path: route.path,
      ...(route.upload ? { upload: route.upload } : {}),
      answer: async request => guard(route, here())(request),
    })),
  )
  try {
    await server.fastify.listen({ host: config.host, port: config.port })
  } catch (cause) {
    throw listenFault(cause, config)
  }
  const address = server.fastify.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return {
    address: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/`,
    open: async opened => {
      const look = async () => {
        profile = (await findKnownProfile(opened)) ?? profile
      }
      canWrite = options.canWrite ?? makeWriteCheck(opened)
      clinic = opened
      await look()
      profileTimer = setInterval(() => void look(), profileHolds)
      profileTimer.unref()
    },
    close: async () => {
      clearInterval(profileTimer)
      await server.fastify.close()
    },
    broken: new Promise(() => {}),
    memory: async () => 0,
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
  const ours = stack.split('\n').filter(line => /^ +at /.test(line) && !line.includes('node_modules'))
  return /(?:src|dist)\/([\w/.-]+:\d+)/.exec(ours.join('\n'))?.[1] ?? 'unknown'
}
