const telegramTypes =
  /(?<!\\)"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_group|private_supergroup|public_supergroup|private_channel|public_channel)"/

/** Which program's JSON this is, by the names of its members. `start` is its beginning, and may be cut anywhere. */
export function sniffJson(start: string): string {
  const has = (...names: readonly string[]) =>
    names.every(name => new RegExp(`(?<!\\\\)"${name}"\\s*:`).test(start))
  if (has('messages') && telegramTypes.test(start)) return 'telegram-json'
  if (/(?<!\\)"about"\s*:\s*"Here is the data you requested/.test(start)) return 'telegram-json'
  if (has('participants', 'sender_name', 'timestamp_ms')) return 'meta-json'
  if (has('participants', 'messages', 'senderName')) return 'messenger-e2e-json'
  if (/(?<!\\)"(?:Received|Sent) Saved Chat History/.test(start)) return 'snapchat-json'
  if (has('Media Type', 'Created') && has('From')) return 'snapchat-json'
  if (has('guild', 'channel') && (has('exportedAt') || has('dateRange'))) return 'discord-exporter'
  if (/^\[\s*\{\s*"ID"\s*:/.test(start) && has('Timestamp', 'Contents')) return 'discord-package'
  if (/^\{\s*"\d{15,20}"\s*:\s*(?:null|"(?:Direct Message with|[^"]* in ))/.test(start))
    return 'discord-package'
  if (has('mediaRootBackupKey') || has('chatItem')) return 'signal-json'
  if (has('conversationId', 'sent_at')) return 'signal-json'
  if (has('semanticSegments') || has('timelineObjects') || has('latitudeE7', 'longitudeE7'))
    return 'timeline-json'
  if (/(?<!\\)"geo:-?\d/.test(start) && has('startTime', 'endTime')) return 'timeline-json'
  if (has('messages', 'creator', 'created_date')) return 'google-chat-json'
  if (/^\[\s*\{\s*"header"\s*:/.test(start) && has('title', 'time')) return 'my-activity-json'
  return 'json'
}
