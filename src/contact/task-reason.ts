import { silences } from './safe-channel.ts'

/** Why a message was not sent, was stopped, or may not have left: the contact gate said no, or what became of it. */
export const messageReasons = [
  ...silences,
  'mail-refused',
  'mail-not-reached',
  'connection-broke',
  'program-stopped',
  'work-stopped',
  'work-cancelled',
  'appointment-changed',
] as const
export type MessageReason = (typeof messageReasons)[number]

/** Why there is something that only a person can do. */
export const taskReasons = [
  ...messageReasons,
  'map-changed',
  'did-not-attend',
  'client-left',
  'review-due',
] as const
export type TaskReason = (typeof taskReasons)[number]
