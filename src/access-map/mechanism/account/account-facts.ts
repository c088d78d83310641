import { z } from 'zod'
import { actFactsSchema, keepsSchema, type NoticePlaces } from '../act-facts.ts'
import { learntSchema, slug, words } from '../entry-words.ts'

/** The acts an account may have facts about. */
export const accountActs = [
  'look',
  'sign-in',
  'change-password',
  'sign-out-others',
  'change-recovery',
  'two-step',
  'regain',
] as const

/** Another way in that some makers have: a forwarding, a delegate, a joint mandate, an app password. */
const extraPath = z.strictObject({
  id: slug,
  ask: words(200),
  hint: words(300).optional(),
  /** What is held, as a label: “the copies that leave {label}”. */
  is: words(120),
  how: words(200),
  /** What it gives: what is in the account, only the passwords that are kept there, or the account itself. */
  gives: z.enum(['content', 'passwords', 'all']),
  end: z.strictObject({
    id: slug,
    do: words(200),
    cost: z.strictObject({
      effort: z.int().min(0).max(100),
      money: z.int().min(0).max(100),
      disruption: z.int().min(0).max(100),
      risk: z.int().min(0).max(100),
    }),
    /** What the suspected person sees of it: “the copies stop coming”. */
    notices: words(200),
    lost: words(300),
    ready: words(300),
    undo: words(300),
    /** How to see that it has ended. */
    see: words(200),
    /** The client can do it without being able to open the account. */
    fromOutside: z.boolean().default(false),
    /** The list of it is evidence that this destroys. */
    destroysList: z.boolean().default(true),
    facts: actFactsSchema.optional(),
  }),
})

/** The facts of an account: what it shows, which ways into it exist, and what each act sends and ends. */
export const accountFactsSchema = z.strictObject({
  reveals: learntSchema,
  /** False where a number or an address alone opens it. */
  hasPassword: z.boolean().default(true),
  /** Another device is linked to it from the client's own and then goes on by itself. */
  linksDevices: z.boolean().default(false),
  /** What the password shows to somebody who does not have the second step. */
  shownByPassword: learntSchema.optional(),
  /** Entries to which a lost password may go, and with which it is opened again. */
  recoveredBy: z.array(slug).min(1).default(['mailbox', 'number']),
  /** What arrives on a device on which it is open may go into it as well: with a backup, or to be shown on another device. */
  copiesDevices: z.boolean().default(false),
  /** Passwords of other things are kept in it. */
  keepsPasswords: z.boolean().default(false),
  isChannel: z.boolean().default(false),
  /** The account may belong to the suspected person, and stand behind an account of the client’s. */
  mayBeTheirs: z.boolean().default(false),
  /** What followers and friends are shown, without any password. */
  audience: z.strictObject({ followers: learntSchema, anybody: learntSchema.optional() }).optional(),
  /** After how long its list of devices and sign-ins goes. */
  keeps: keepsSchema.optional(),
  paths: z.array(extraPath).max(3).default([]),
  acts: z.partialRecord(z.enum(accountActs), actFactsSchema).default({}),
})
export type AccountFacts = z.output<typeof accountFactsSchema>

/** Where those who may be told of an act with an account are on the map. */
export const accountPlaces: NoticePlaces = {
  inside: [{ node: '{}.content' }, { node: '{}.session' }],
  recovery: [{ node: '{other}.content', each: 'recovery' }],
  owner: [{ node: 'person:suspect' }],
  members: [{ node: 'person:suspect' }],
  nearby: [{ node: 'person:suspect' }],
  contacts: [{ node: 'person:suspect' }],
  suspect: [{ node: 'person:suspect' }],
}
