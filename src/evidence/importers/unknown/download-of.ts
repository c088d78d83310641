const downloads: readonly (readonly [RegExp, string, string])[] = [
  [/(?:^|\/)takeout\//i, 'google-takeout', 'a Google Takeout download'],
  [/(?:^|\/)your_instagram_activity\/|(?:^|\/)instagram-[\w.-]+\//i, 'instagram', 'an Instagram download'],
  [
    /(?:^|\/)your_(?:facebook_activity|activity_across_facebook)\/|(?:^|\/)facebook-[\w.-]+\//i,
    'facebook',
    'a Facebook and Messenger download',
  ],
  [
    /(?:^|\/)mydata~?[\w-]*\/|^json\/(?:chat_history|snap_history)\.json$/i,
    'snapchat',
    'a Snapchat download',
  ],
  [/(?:^|\/)data\/(?:tweets?|direct-messages?|account|manifest)\.js$/i, 'x', 'an X (Twitter) archive'],
  [
    /(?:^|\/)messages\/c?\d{15,20}\/(?:channel|messages)\.(?:json|csv)$/i,
    'discord',
    'a Discord data package',
  ],
  [/(?:^|\/)(?:result\.json|messages\d*\.html)$/, 'telegram', 'a Telegram export'],
  [/(?:^|\/)(?:Manifest\.(?:db|mbdb)|Status\.plist)$/, 'iphone', 'an iPhone backup'],
  [/(?:^|\/)SignalBackups\//, 'signal', 'a Signal backup'],
]

/** Of which download an entry is a part, by the folders it lies in; they only add to what its content says. */
export function findDownload(path: string): { readonly id: string; readonly title: string } | null {
  const found = downloads.find(([place]) => place.test(path))
  return found ? { id: found[1], title: found[2] } : null
}
