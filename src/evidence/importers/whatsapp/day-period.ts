/** What a word beside the time says about the half of the day. */
export type DayPeriod = 'before noon' | 'after noon' | 'around noon'

// Unicode CLDR 45, dayPeriods and dayPeriodRules of each locale; written here without dots, spaces or marks.
const beforeNoon = `
  am vm pd paradites eparadites ጥዋት ص صباحا صباح صبح dop πμ قظ قبلازظهر قبلظهر قبلدوپہر ap rn de fh 午前 上午 凌晨 清晨
  早上 早晨 半夜 午夜 오전 тң таңкы ກ່ອນທ່ຽງ priešpiet priekšp priekšpusdienā претпл препладне преподне пре прпо
  үө pg نەنەك နံနက် पूर्वाह्न मपू सकाळी पूर्वान्ह පෙව gh fm góöň goöň öö дп го то to sa àárọ̀ bn nụtụtụ sf
  προ лс пробед пробяд проб ทก่อนเที่ยง ก่อนเที่ยง முற்பகல் ಪೂರ್ವಾಹ್ನ পূর্বাহ্ণ পূৰ্বাহ্ন ਪੂਦੁ vorm vormittags el
  yb לפנהצ לפניהצהריים ព្រឹក subuh pagi
`
const afterNoon = `
  pm nm md pasdites epasdites ከሰዓት م مساء odp pop μμ بظ بعدازظهر بعددوپہر شام ip in du eh 午後 下午 晚上 傍晚 夜晚
  오후 тк түштөнкийинки ຫຼັງທ່ຽງ popiet pēcp pēcpusdienā попл попладне поподне слоб следобед үх ptg ညနေ अपराह्न
  मउ अपरान्ह පව gd em gosoň ös пп tk ch ọ̀sán pn nabalị ym หลังเที่ยง பிற்பகல் ಅಪರಾಹ್ನ অপরাহ্ণ অপৰাহ্ন ਬਾਦੁ nachm
  nachmittags pl yh אחהצ אחריהצהריים ល្ងាច petang malam
`
const aroundNoon = '中午 正午 noon'

const periods = new Map<string, DayPeriod>()
for (const word of beforeNoon.trim().split(/\s+/)) periods.set(fold(word), 'before noon')
for (const word of afterNoon.trim().split(/\s+/)) periods.set(fold(word), 'after noon')
for (const word of aroundNoon.split(' ')) periods.set(fold(word), 'around noon')

// Words that stand between a date and a time, or after a time, and say nothing about the half of the day.
const joiners = new Set(
  `à a às as ao alas klo kl um at alle ore om u в о об ob o la lúc lục ч г год р ж uhr h hod น be ค.ศ พศ saat jam pukul pk
  ora godz στις το الساعة ساعت בשעה को کو as в.о i the de la`
    .split(/\s+/)
    .map(fold)
    .filter(word => !periods.has(word)),
)

/** Finds the half of the day a word names, in any language the locale data knows; null for other words. */
export function findDayPeriod(word: string): DayPeriod | null {
  return periods.get(fold(word)) ?? null
}

/** True for a word that only joins date and time ("à", "klo", "um", "kl."). */
export function isJoiner(word: string): boolean {
  return joiners.has(fold(word))
}

/** The hour on a clock of 24, from an hour beside a word: "12 am" is 0, "00:08 a. m." stays 0. */
export function hourOfDay(hour: number, period: DayPeriod | null): number {
  switch (period) {
    case null:
      return hour
    case 'before noon':
      return hour === 12 ? 0 : hour
    case 'after noon':
      return hour < 12 ? hour + 12 : hour
    case 'around noon':
      return hour < 10 ? hour + 12 : hour
  }
}

function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.·’'"״׳\u064B-\u065F\u200B-\u200F]/g, '')
}
