import { isNeutralTitle } from '../../identity/neutral-title.ts'

/** Words by which a step says how somebody may see the client; an account or a device alone does not. */
const telling =
  /report|manag|track|watch|follow|location|place\b|stranger|touched|cannot reach|knows the|spy|hidden|\bsees?\b|\bsaw\b|was known|listen|the client\b(?!’s)/i

/**
 * What a step is called where the client reads it, or on paper: its own words if they say nothing of what this is
 * about or of how the client is seen; otherwise words that say nothing (S2).
 */
export function sayStepPlainly(words: string): string {
  return isNeutralTitle(words) && !telling.test(words) ? words : 'As you agreed'
}
