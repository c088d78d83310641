import { type CarriedOver, type ContactPlan, emptyPlan, type SafeChannel } from './contact-plan.ts'

/** What was said about contact at the referral. */
export type ReferralContact = Omit<CarriedOver, 'isAgreed'> & {
  readonly contactChannels: readonly {
    readonly kind: 'phone' | 'email' | 'other'
    readonly value: string
    readonly safe: 'yes' | 'no' | 'unknown'
  }[]
}

/**
 * The contact plan that a case begins with: what was said at the referral, shown as that. A channel that was named then
 * is known, and no more. Whether it may be used is not known, whatever was said of it on that day. A channel that was
 * said not to be used stays so. Nothing is agreed until a person has written down what was. Null where nothing was
 * said.
 */
// S1: unknown is silence; a word of an earlier day about a channel is no basis to use it
export function carryOver(answers: ReferralContact): ContactPlan | null {
  const { contactChannels, ...said } = answers
  const isSilent =
    contactChannels.length === 0 && said.times === '' && said.voicemail === '' && said.codeWords === ''
  if (isSilent && said.wants === 'unknown') return null
  const on = said.at.slice(0, 10)
  const channels = contactChannels.map(
    ({ kind, value, safe }, index): SafeChannel => ({
      channelId: `c${index + 1}`,
      kind,
      value,
      safe: safe === 'no' ? 'no' : 'unknown',
      confirmedAt: said.at,
      expiresOn: on,
      mayRemind: false,
      windows: [],
      note: '',
      isGone: false,
      namedAt: said.at,
    }),
  )
  return { ...emptyPlan, channels, carriedOver: { ...said, isAgreed: false } }
}

/** Whether a plan holds only what was carried over, so that nothing in it has been agreed. */
export function isOnlyCarriedOver(plan: ContactPlan): boolean {
  return plan.carriedOver !== undefined && !plan.carriedOver.isAgreed
}

/** The plan once a person has written down what is agreed; what was said at the referral stays beside it, as that. */
export function agreeTo(plan: ContactPlan, agreed: Partial<ContactPlan>): ContactPlan {
  const { carriedOver } = plan
  return { ...plan, ...agreed, ...(carriedOver ? { carriedOver: { ...carriedOver, isAgreed: true } } : {}) }
}

/**
 * What was said at the referral that bears on what is agreed, each with the question it answered. It goes into no field
 * by itself: both code words were given in one answer, and "leave no message" is no message to leave.
 */
export function sayCarriedOver({
  carriedOver,
}: ContactPlan): readonly { readonly asked: string; readonly said: string }[] {
  if (!carriedOver || carriedOver.isAgreed) return []
  return [
    { asked: 'Code words', said: carriedOver.codeWords },
    { asked: 'If nobody answers', said: carriedOver.voicemail },
  ].filter(({ said }) => said !== '')
}
