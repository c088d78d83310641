const telling =
  /stalk|abus|violen|victim|surviv|harass|police|crime|criminal|suspect|perpetrat|refuge|helpline|clinic|unwatched|safety plan|evidence/i

/** What a public page is called when nothing better is known to be harmless. */
export const plainTitle = 'Get in touch'

/**
 * Whether a title may be shown in a tab, a history and a task switcher that somebody else may read.
 * Subject, sender, preview and title never name stalking, abuse, police or the clinic (rule S2).
 */
export function isNeutralTitle(title: string): boolean {
  return !telling.test(title.normalize('NFKD'))
}
