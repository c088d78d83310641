/** What may leak, as a person would say it. Each is one piece of information on the map. */
export const infoKinds = [
  'location',
  'messages',
  'calls',
  'plans',
  'pictures',
  'sound',
  'video',
  'contacts',
  'money',
  'browsing',
  'home',
  'control',
  'codes',
] as const
export type InfoKind = (typeof infoKinds)[number]
