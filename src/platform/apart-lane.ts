import type { ApartContext, Piece } from './apart-message.ts'
import { type ApartProcess, ProcessEnded, startApartProcess } from './apart-process.ts'
import type { Log } from './log.ts'
import type { WhyEnded } from './why-ended.ts'

export type { ApartContext } from './apart-message.ts'

/** A few processes that take pieces of work in the order they come. */
export type Lane = {
  readonly run: (piece: Piece, limit: number, signal?: AbortSignal) => Promise<unknown>
  /** How many pieces wait for a process. */
  readonly waiting: () => number
  readonly stop: () => Promise<void>
}

/** A process that had nothing to do for so long is let go, in milliseconds. */
const restsFor = 60_000

type Waiting = {
  readonly piece: Piece
  readonly limit: number
  readonly signal: AbortSignal | undefined
  readonly resolve: (result: unknown) => void
  readonly reject: (fault: unknown) => void
  timer?: NodeJS.Timeout
}

type Slot = { readonly process: ApartProcess; isBusy: boolean; rest: NodeJS.Timeout | null }

/** Processes are started when there is work for them, one more while all are at work, up to a number. */
export function makeLane(options: {
  readonly entry: URL
  readonly memory: number
  readonly context: ApartContext | null
  readonly processes: number
  readonly log: Log
}): Lane {
  const slots = new Set<Slot>()
  const waiting: Waiting[] = []
  let isStopped = false

  const open = (): Slot => {
    const slot: Slot = { process: startApartProcess(options), isBusy: false, rest: null }
    slots.add(slot)
    void slot.process.ended.then(() => {
      if (slot.rest) clearTimeout(slot.rest)
      slots.delete(slot)
      next()
    })
    return slot
  }

  const next = (): void => {
    while (!isStopped && waiting.length > 0) {
      const idle = [...slots].find(slot => !slot.isBusy)
      if (!idle && slots.size >= options.processes) return
      const asked = waiting.shift()
      if (asked) void work(idle ?? open(), asked)
    }
  }

  const work = async (slot: Slot, asked: Waiting): Promise<void> => {
    slot.isBusy = true
    if (slot.rest) clearTimeout(slot.rest)
    clearTimeout(asked.timer)
    const kill = (why: WhyEnded) => slot.process.kill(why)
    const timer = setTimeout(() => kill('time'), Math.min(asked.limit, 2 ** 31 - 1))
    const giveUp = (): void => kill('given-up')
    asked.signal?.addEventListener('abort', giveUp, { once: true })
    try {
      asked.resolve(await slot.process.run(asked.piece))
    } catch (fault) {
      asked.reject(fault)
    } finally {
      clearTimeout(timer)
      asked.signal?.removeEventListener('abort', giveUp)
      slot.isBusy = false
      slot.rest = setTimeout(() => {
        slots.delete(slot)
        kill('stopping')
      }, restsFor).unref()
      // One that was just ended has left its place before the next is chosen.
      setImmediate(next)
    }
  }

  return {
    waiting: () => waiting.length,
    run: (piece, limit, signal) =>
      new Promise((resolve, reject) => {
        if (isStopped) return reject(new ProcessEnded('stopping'))
        if (signal?.aborted) return reject(new ProcessEnded('given-up'))
        const asked: Waiting = { piece, limit, signal, resolve, reject }
        const leave = (why: WhyEnded): void => {
          const at = waiting.indexOf(asked)
          if (at < 0) return
          waiting.splice(at, 1)
          clearTimeout(asked.timer)
          reject(new ProcessEnded(why))
        }
        // Nobody waits for a free process longer than the work may take.
        asked.timer = setTimeout(() => leave('time'), Math.min(limit, 2 ** 31 - 1))
        asked.timer.unref()
        signal?.addEventListener('abort', () => leave('given-up'), { once: true })
        waiting.push(asked)
        next()
      }),
    stop: async () => {
      isStopped = true
      for (const asked of waiting.splice(0)) {
        clearTimeout(asked.timer)
        asked.reject(new ProcessEnded('stopping'))
      }
      const ending = [...slots].map(slot => slot.process.ended)
      for (const slot of slots) slot.process.kill('stopping')
      await Promise.all(ending)
    },
  }
}
