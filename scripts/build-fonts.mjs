// The free fonts of the printed chronology, in the one weight that is used, each family with its licence. Nothing is taken
// from the machine, so every machine prints the same.
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const dejavu = ['DejaVuSans', 'DejaVuSans-Bold']
const noto = {
  'noto-emoji': 'NotoEmoji',
  'noto-sans-sc': 'NotoSansSC',
  'noto-sans-kr': 'NotoSansKR',
  'noto-sans-devanagari': 'NotoSansDevanagari',
  'noto-sans-bengali': 'NotoSansBengali',
  'noto-sans-gurmukhi': 'NotoSansGurmukhi',
  'noto-sans-gujarati': 'NotoSansGujarati',
  'noto-sans-tamil': 'NotoSansTamil',
}

export function copyFonts(to) {
  mkdirSync(to, { recursive: true })
  const folder = dirname(require.resolve('dejavu-fonts-ttf/package.json'))
  copyFileSync(join(folder, 'LICENSE'), join(to, 'DejaVuSans.LICENSE.txt'))
  for (const name of dejavu) copyFileSync(join(folder, 'ttf', `${name}.ttf`), join(to, `${name}.ttf`))
  for (const [family, name] of Object.entries(noto)) {
    const from = dirname(require.resolve(`@expo-google-fonts/${family}/package.json`))
    copyFileSync(join(from, 'LICENSE_FONT'), join(to, `${name}.LICENSE.txt`))
    copyFileSync(join(from, '400Regular', `${name}_400Regular.ttf`), join(to, `${name}.ttf`))
  }
}
