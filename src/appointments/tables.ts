import type { Tables } from '../platform/schema.ts'

/** The tables of this room, as its stores see them. */
export type AppointmentTables = Pick<
  Tables,
  'working_hours' | 'absence' | 'appointment' | 'follow_up' | 'person'
>
