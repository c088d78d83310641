import { plainPhrase } from './find-notice.ts'

const longestMark = 160

// What the app puts behind a message that was edited. Only exactly this is cut off: whatever else stands in brackets is
// part of what somebody wrote.
const editedMarks = new Set(
  `this message was edited|edited|diese nachricht wurde bearbeitet|bearbeitet|ce message a été modifié|modifié
  se editó este mensaje|este mensaje fue editado|este mensaje se editó|editado|questo messaggio è stato modificato|modificato
  mensagem editada|esta mensagem foi editada|editada|dit bericht is bewerkt|bewerkt|сообщение изменено|данное сообщение изменено|изменено
  bu mesaj düzenlendi|düzenlendi|ta wiadomość została edytowana|wiadomość została edytowana|edytowano|acest mesaj a fost editat|editat
  det här meddelandet redigerades|redigerat|denne besked blev redigeret|denne meldingen ble redigert|tätä viestiä muokattiin|viestiä muokattiin
  تم تعديل هذه الرسالة|ההודעה נערכה|הודעה זו נערכה|यह मैसेज एडिट किया गया|यह मैसेज एडिट किया गया था|このメッセージは編集されました|이 메시지는 수정되었습니다
  此消息已编辑|此訊息已編輯|pesan ini diedit|tato zpráva byla upravena|ezt az üzenetet szerkesztették|αυτό το μήνυμα τροποποιήθηκε|це повідомлення змінено`
    .split(/[|\n]/)
    .map(plainPhrase),
)
const inBracketsAtEnd = /\s*[\u200e\u200f]*<([^<>\n]{1,80})>\s*$/u

const mediaWord =
  /medi[aeo]|médi[ao]|medya|mídia|multim|медиа|медіа|メディア|媒体|媒體|미디어|وسائط|الوسائط|رسانه|מדיה|मीडिया|मिडिया|মিডিয়া|สื่อ|πολυμέσ|média/iu

const omittedWord =
  /\b(?:omitted|weggelassen|ausgelassen|ausgeschlossen|absente?s?|omise?s?|omitid[oa]s?|omess[oaie]|ocultad[oa]s?|ocult[oa]s?|weggelaten|utelämna[dt]|udeladt|utelatt|edilmedi|pominięt[aoey]|vynechán[oaáy]?|omis[ăe]?|diabaikan|dihilangkan|kihagyva)\b|пропущен|без медиа|省略|忽略|略過|생략|محذوف|تم استبعاد|הושמט|छोड़|παραλείφθηκε/iu

/** The app says this in a few words; a longer sentence that happens to hold one of them is somebody's. */
const mostWords = 6
const isShort = (text: string) => text.length < 60 && text.trim().split(/\s+/).length <= mostWords

/** The text without the app's "edited" mark, or null when it has none. */
export function withoutEditedMark(text: string): string | null {
  if (!text.trimEnd().endsWith('>')) return null
  // Only the end is looked at: a hostile text of a million spaces must not cost a million steps each.
  const tailAt = Math.max(0, text.length - longestMark)
  const found = inBracketsAtEnd.exec(text.slice(tailAt))
  return found && editedMarks.has(plainPhrase(found[1] ?? '')) ? text.slice(0, tailAt + found.index) : null
}

/** True for "<Media omitted>" in any language: angle brackets around a few words for media, and nothing else. */
export const isOmittedInBrackets = (text: string) =>
  text.startsWith('<') &&
  isShort(text) &&
  /^<[^<>]+>$/.test(text) &&
  (mediaWord.test(text) || omittedWord.test(text))

/** True for "image omitted" in any language; only to be asked of a line that carries the app's own mark. */
export const isOmittedAfterMark = (text: string) => isShort(text) && omittedWord.test(text)

// What the app calls what it leaves out, beside the words for media and for leaving out themselves.
const omittedThings = new Set(
  `image images photo photos picture video videos audio audios sticker stickers gif gifs document documents contact contacts
  card voice message messages file files note live location the and of
  bild bilder foto fotos sprachnachricht kontakt kontaktkarte karte dokument dokumente datei dateien nachricht videonotiz
  vidéo vidéos photo son fichier fichiers carte autocollant message vocal vocale
  imagen imágenes imagem imagens vídeo vídeos documento documentos archivo archivos arquivo contato contacto tarjeta figurinha
  nota de del da do di la le el il y e
  immagine immagini adesivo scheda contatto vocale messaggio
  afbeelding afbeeldingen bestand contactkaart spraakbericht en
  görüntü resim ses belge kişi kartı çıkartma dahil video
  zdjęcie obraz plik wizytówka naklejka dokumentu wiadomość głosowa
  obrázek zvuk soubor nálepka kontakt vizitka imagine fișier autocolant carte
  gambar berkas stiker kontak tidak disertakan
  изображение фото видео аудио стикер документ контакт карточка контакта файл сообщение голосовое без
  зображення відео аудіо наліпка документ контакт файл
  jätettiin pois puuttuu liite kuva ääni asiakirja yhteystieto tarra utelämnat bifogad bilaga udeladt utelatt fil
  εικόνα βίντεο ήχος έγγραφο επαφή αυτοκόλλητο`
    .split(/\s+/)
    .filter(word => word !== ''),
)

/**
 * Whether every word of such a line is one of the app's: then the whole of it is. In scripts whose words nobody has listed
 * here it stays in part; and a line with any other word is what somebody wrote, however it is bracketed or marked.
 */
export function findOmittedPart(text: string): 'whole' | 'in part' | null {
  let isWhole = true
  for (const word of text.toLowerCase().split(/[\s<>.,\p{Cf}]+/u)) {
    if (word === '' || omittedThings.has(word)) continue
    const isKnown = isOneOf(word, omittedWord) || isOneOf(word, mediaWord)
    if (/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) {
      if (!isKnown) return null
    } else if (!isKnown || word.length > 24) isWhole = false
  }
  return isWhole ? 'whole' : 'in part'
}

/** A word of the app's with its ending: no more than a few letters beside what it is known by. */
function isOneOf(word: string, shape: RegExp): boolean {
  const found = shape.exec(word)
  return found !== null && found.index <= 4 && word.length - found[0].length <= 8
}
