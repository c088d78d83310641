import { z } from 'zod'
import { carriers, markLapsed } from './channel-verdict.ts'
import { hearings } from './client-word.ts'
import { type ContactPlan, contactPlanSchema, type SafeChannel } from './contact-plan.ts'
import { decideChannelVerdict, type SaidOfChannel, saidOfAddress } from './decide-channel-verdict.ts'
import { decideUse, type GateFacts } from './safe-channel.ts'
import type { ChannelToSay } from './say-verdict.ts'

const instant = z.iso.datetime().transform(text => new Date(text))

/**
 * What is agreed about reaching a client and what was said of each channel, from which it is found at any instant what
 * counts of it: without a number, an address, a code word or a note (rule S6).
 */
export const contactInShortSchema = z.object({
  plan: contactPlanSchema.nullable(),
  /** By channel; what was said of the same number or address is among it. */
  channels: z
    .array(
      z.object({
        channelId: z.string(),
        said: z
          .array(
            z.object({
              verdict: z.enum(['observable', 'not-observable', 'unknown']),
              fromMap: z.boolean(),
              at: instant,
              countsUntil: instant.nullable(),
              byRules: z.string().nullable(),
              carriedBy: z.enum(carriers).nullable(),
            }),
          )
          .readonly(),
        client: z.object({ at: instant, countsUntil: instant, heard: z.enum(hearings) }).nullable(),
      }),
    )
    .readonly(),
})
export type ContactInShort = z.output<typeof contactInShortSchema>

/** Leaves of the plan and of what was said only what counts. */
export function contactInShort(
  plan: ContactPlan | null,
  all: ReadonlyMap<string, SaidOfChannel>,
): ContactInShort {
  const channels = plan?.channels.filter(each => !each.isGone) ?? []
  return {
    plan: plan && withoutWords(plan),
    channels: channels.map(({ channelId }) => {
      const { said, client } = saidOfAddress(plan, channelId, all)
      return {
        channelId,
        said: said.map(({ verdict, fromMap, at, countsUntil, byRules, carriedBy }) => ({
          verdict,
          fromMap,
          at,
          countsUntil: countsUntil ?? null,
          byRules: byRules ?? null,
          carriedBy: carriedBy ?? null,
        })),
        client: client && { at: client.at, countsUntil: client.countsUntil, heard: client.heard },
      }
    }),
  }
}

const withoutWords = (plan: ContactPlan): ContactPlan => ({
  version: plan.version,
  wants: plan.wants,
  voicemail: plan.voicemail,
  voicemailWords: '',
  weSay: '',
  theySay: '',
  ifAnotherAnswers: '',
  ifCutOff: '',
  trusted: '',
  channels: plan.channels.map((channel): SafeChannel => ({ ...channel, value: '', note: '' })),
  ...(plan.carriedOver
    ? { carriedOver: { ...plan.carriedOver, times: '', voicemail: '', codeWords: '' } }
    : {}),
})

/**
 * The client's channels at an instant, each with what counts of it and whether it may be used.
 *
 * @param mapRules the name of the rules by which the map is calculated now
 */
export function findChannelsAt(
  { plan, channels }: ContactInShort,
  facts: GateFacts,
  mapRules: string,
): readonly (ChannelToSay & { readonly channelId: string })[] {
  return channels.flatMap(({ channelId, client, said: all }) => {
    const channel = plan?.channels.find(each => each.channelId === channelId)
    if (!channel) return []
    const said = { said: markLapsed(all, channel.kind, mapRules), client }
    const use = decideUse(plan, channelId, said, facts)
    const { row: _, ...verdict } = decideChannelVerdict(said, facts.moment)
    const because = use.allowed ? null : use.because
    return [{ channelId, kind: channel.kind, verdict, because, client }]
  })
}
