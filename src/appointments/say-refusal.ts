import type { BookingRefusal } from './decide-booking.ts'

/** Why it was not booked, and what to do next, as it is shown on screen. */
export function sayBookingRefusal(because: BookingRefusal): string {
  switch (because) {
    case 'case-closed':
      return 'This case is closed. Open it again before you book'
    case 'in-the-past':
      return 'That time has passed. Choose another'
    case 'too-far-ahead':
      return 'That time is too far ahead. Choose one of the times offered'
    case 'not-on-the-grid':
      return 'The clinic does not begin at that time. Choose one of the times offered'
    case 'somebody-missing':
      return 'Somebody the appointment needs is missing. Choose one of the times offered'
    case 'cannot-join':
      return 'Somebody you chose cannot join this case any more: they left, or their agency is no longer party to it. Choose a time with somebody else'
    case 'outside-hours':
      return 'Somebody you chose no longer works at that time. Choose another'
    case 'on-leave':
      return 'Somebody you chose is away at that time now. Choose another'
    case 'client-is-expected':
      return 'The client has another appointment at that time now: a colleague may have booked it a moment ago. Nothing was booked, and what you wrote is still here. Choose another time'
    case 'taken':
      return 'That time was taken a moment ago. Nothing was booked, and what you wrote is still here. Choose one of the next times'
  }
}

/** Shown where somebody would move or cancel an appointment and may not see the client's channels. */
export const contactNotInSight =
  'A reminder may be waiting, and the ways to reach the client are not shared with your agency. Ask a coordinator to do it'
