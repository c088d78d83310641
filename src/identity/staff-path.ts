const rooms = [
  'staff',
  'account',
  'calls',
  'triage',
  'cases',
  'downloads',
  'admin',
  'appointments',
  'my-calendar',
  'calendars',
  'figures',
  'reviews',
  'tasks',
  'services',
]

/** Whether a path belongs to the pages of staff, where what was typed is kept; a client's never is (S3). */
export function isStaffPath(path: string): boolean {
  return rooms.includes(path.split('/')[1] ?? '')
}
