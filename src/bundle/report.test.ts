import { expect, test } from 'vitest'
import { makeSampleBundle, sampleRow as row } from '../../test/support/sample-bundle.ts'
import { sha256 } from '../foundation/digest.ts'
import { typesetReport } from './report.ts'
import type { ReportData } from './report-data.ts'

const { input } = makeSampleBundle()
const data: ReportData = {
  title: 'Chronology',
  part: { number: 1, of: 1, rows: 6, printed: 'all' },
  clinicName: input.clinicName,
  caseReference: input.caseReference,
  bundleReference: input.reference,
  purpose: input.purpose,
  madeAt: input.madeAt,
  requestedBy: 'B. Advocate, Advocates',
  approvedBy: 'C. Coordinator, Advocates',
  keyFacts: input.keyFacts,
  actCodes: [{ code: '(b)', words: 'contacting, or attempting to contact, a person by any means' }],
  rows: [
    { ...row, what: '#panic("markup") $x$ *bold* `raw` #read("/etc/passwd") \\ <label> @ref' },
    { ...row, number: 2, what: 'Zoë Łódź ŵ — “quoted”\nsecond line', who: 'شخص مجهول' },
    { ...row, number: 3, what: 'אני רואה אותך', who: '我看见你 さようなら 너를 본다' },
    { ...row, number: 4, what: 'नमस्ते নমস্কার ਸਤ ਸ੍ਰੀ નમસ્તે வணக்கம் 🙂🔪❤️', who: 'Ελένη Иван' },
    { ...row, number: 5, what: 'x'.repeat(3000) },
    { ...row, number: 6, what: '', who: '', platform: '', acts: [], sources: [] },
  ],
}

test('the chronology is a tagged PDF, the same bytes each time, and its text is text', async () => {
  const pdf = Buffer.from(await typesetReport(data))
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.includes('/StructTreeRoot')).toBe(true)
  expect(sha256(Buffer.from(await typesetReport(data)))).toBe(sha256(pdf))
})
