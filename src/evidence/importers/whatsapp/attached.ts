import { withoutEdgeMarks } from './author.ts'

/** A file that a line names, and the words beside it. */
export type Attached = { readonly name: string; readonly caption: string }

/** Android's own names for files, and those of iPhones, in every language. */
const androidName = /^(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.\w{1,5}$/
const iphoneName = /^(?:\d{8}-.+|\d{4}-\d{2}-\d{2}-[A-Z]{2,10}-\d+)\.\w{1,8}$/
/** Only so much of the end of a text can be an attachment; the rest of a long one is never searched. */
const longestAttachment = 400
const mark = '[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]'
/** "<attached: 0001-PHOTO.jpg>" at the end of a text, with spaces and marks wherever phones have put them. */
const named = new RegExp(
  `${mark}*<(?:${mark}|\\s)*([^<>\\n:：]{1,40}?)(?:${mark}|\\s)*[:：](?:${mark}|\\s)*([^<>\\n]{1,255}\\.\\w{1,8})(?:${mark}|\\s)*>(?:${mark}|\\s)*$`,
  'u',
)
/** "0001-PHOTO.jpg <attached>", as iPhones wrote it until 2018. */
const named2018 = new RegExp(
  `^(?:${mark}|\\s)*([^<>\\n]{1,255}\\.\\w{1,8})(?:${mark}|\\s)*<(?:${mark}|\\s)*([^<>\\n:：]{1,40}?)(?:${mark}|\\s)*>(?:${mark}|\\s)*$`,
  'u',
)

// The words for "attached" in the app's own translations, as collected by whats_json and whats-reader (2026-11-29)
const attachedWords = new Set(
  `attached|file attached|anhang|angehängt|datei angehängt|joint|pièce jointe|fichier joint|adjunto|archivo adjunto|archivo adjuntado
  allegato|file allegato|anexado|anexo|arquivo anexado|ficheiro anexado|bijgevoegd|bestand bijgevoegd|bijlage|прикреплено|вложение|файл добавлен
  файл прикреплен|додано|файл додано|eklendi|ekli|dosya ekli|załączono|plik dołączony|załączono plik|załączony plik|bifogad fil|fil bifogad
  bifogat|bifogad|vedhæftet|vedhæftet fil|fil vedhæftet|vedlagt|fil vedlagt|vedlagt fil|liite|liitetty tiedosto|tiedosto liitetty|liitetiedosto
  المرفق|المُرفق|مرفق|الملف مرفق|ملف مرفق|מצורף|קובץ מצורף|הקובץ צורף|अटैच किया गया|फ़ाइल संलग्न है|फ़ाइल संलग्न|फाइल अटैच कर दी गई है|संलग्न केले
  添付ファイル|ファイル添付|添付ファイル有り|첨부됨|파일 첨부됨|파일 첨부|文件附件|附件|檔案已附加|已附加檔案|附件檔案|terlampir|file terlampir|dilampir|dilampirkan
  fail dilampirkan|atașare|fișier atașat|atașat|příloha|přiložený soubor|soubor byl přiložen|príloha|súbor priložený|súbor pripojený|csatolva
  csatolt fájl|fájl csatolva|επισυνάφθηκε|συνημμένο αρχείο|đính kèm|tệp đính kèm|پیوست|فایل پیوست شد|پیوستہ|adjunt|fitxer adjunt|arxiu adjunt
  priloženo|priložena datoteka|แนบ|ไฟล์ที่แนบ|જોડાયેલ|ceangailte`
    .split(/[|\n]/)
    .map(plainWord),
)

/**
 * The file a text names, or null. Only the app's own words, or a name as the app gives, make a file of what stands in
 * brackets: anybody can write "<look: I am outside.now>", and then it is text.
 */
export function findAttached(text: string): Attached | null {
  return inBrackets(text) ?? beforeBrackets(text) ?? onAndroid(text)
}

/** Whether a long text may name a file: at its end, or in its first line with the caption below. */
export function mayNameFile(text: string): boolean {
  const lineEnd = text.indexOf('\n')
  return text.slice(-8).includes('>') || text[lineEnd - 1] === ')'
}

function inBrackets(text: string): Attached | null {
  const tailAt = Math.max(0, text.length - longestAttachment)
  const tail = text.slice(tailAt)
  if (!tail.includes('>')) return null
  const found = named.exec(tail)
  const name = withoutEdgeMarks(found?.[2] ?? '')
  if (!found || !(attachedWords.has(plainWord(found[1] ?? '')) || isOwnName(name))) return null
  return { name, caption: withoutEdgeMarks(text.slice(0, tailAt + found.index).trimEnd()) }
}

function beforeBrackets(text: string): Attached | null {
  if (text.length > longestAttachment || !text.includes('<')) return null
  const found = named2018.exec(text)
  const name = withoutEdgeMarks(found?.[1] ?? '')
  if (!found || !(attachedWords.has(plainWord(found[2] ?? '')) || isOwnName(name))) return null
  return { name, caption: '' }
}

/** "IMG-20210303-WA0001.jpg (file attached)", with a caption on the lines below. */
function onAndroid(text: string): Attached | null {
  const lineEnd = text.indexOf('\n')
  const line = (lineEnd === -1 ? text : text.slice(0, lineEnd)).trimEnd()
  if (!line.endsWith(')') || line.length > 400) return null
  const open = line.lastIndexOf(' (')
  if (open < 1) return null
  const name = withoutEdgeMarks(line.slice(0, open))
  if (!/\.\w{1,8}$/.test(name)) return null
  if (!androidName.test(name) && !attachedWords.has(plainWord(line.slice(open + 2, -1)))) return null
  return { name, caption: lineEnd === -1 ? '' : text.slice(lineEnd + 1) }
}

const isOwnName = (name: string) => iphoneName.test(name) || androidName.test(name)

function plainWord(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
}
