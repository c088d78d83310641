/**
 * What this program writes into a log of custody. A log is read for ever, and may hold what another version wrote: there
 * it is text, and a line with an act that is not on this list is shown as just that.
 */
export type CustodyAct =
  | 'arrived'
  | 'arrived-again'
  | 'read'
  | 'not-read'
  | 'set-aside'
  | 'reading-asked'
  | 'original-opened'
  | 'working-copy-made'
  | 'safe-copy-made'
  | 'safe-copy-not-made'
  | 'transcribed'
  | 'position-shown'
  | 'question-answered'
  | 'bundle-stated'
  | 'exported'
  | 'bundle-handed-out'
