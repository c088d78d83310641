import type { ClinicId } from '../foundation/ids.ts'

/** A piece of work for another process, by its name, with plain data. */
export type Piece = { readonly do: 'job' | 'calculation'; readonly name: string; readonly input: unknown }

/** What a process that does jobs is told of its clinic. It goes through the pipe between the two, and nowhere else. */
export type ApartContext = {
  readonly clinicId: ClinicId
  readonly programUrl: string
  readonly key: { readonly wrapping: Uint8Array; readonly signing: Uint8Array }
  readonly blobFolder: string
  readonly spoolFolder: string
  readonly isDemo: boolean
  readonly site: { readonly behindTls: boolean; readonly onLoopback: boolean; readonly leaveTo: string }
}

/** To the process. */
export type ApartAsk =
  | { readonly is: 'begin'; readonly context: ApartContext | null; readonly memory: number }
  | ({ readonly is: 'piece' } & Piece)

/** From it. A fault is its code: its words may tell of a case (S11). */
export type ApartAnswer =
  | { readonly is: 'ready' }
  | {
      readonly is: 'log'
      readonly event: string
      readonly facts: Readonly<Record<string, string | number | boolean | null>>
    }
  | { readonly is: 'done'; readonly result: unknown }
  | { readonly is: 'fault'; readonly code: string }
