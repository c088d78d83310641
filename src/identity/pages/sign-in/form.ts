import { z } from 'zod'
import { requiredText } from '../../../web/form-fields.ts'

/** What somebody signs in with. A password is taken as typed; only its length is limited. */
export const signInForm = z.object({
  name: requiredText({ enter: 'Enter your sign-in name', what: 'Sign-in name', max: 200 }),
  password: z.string().min(1, 'Enter your password').max(1000, 'Password must be 1000 characters or less'),
  code: z
    .string()
    .transform(text => text.replace(/\s/g, ''))
    .pipe(
      z
        .string()
        .min(1, 'Enter the code from your app')
        .regex(/^\d{6}$/, 'The code must be 6 numbers'),
    ),
})
