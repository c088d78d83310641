// What the app itself writes into an export, in the languages clients' phones speak. Compared after `plainPhrase`.
// A phrase that is missing costs a label, never a record: the line stays a message with its text.

const deleted = `
  this message was deleted|you deleted this message|this message was deleted by admin
  diese nachricht wurde gelöscht|du hast diese nachricht gelöscht
  ce message a été supprimé|vous avez supprimé ce message
  este mensaje fue eliminado|se eliminó este mensaje|eliminaste este mensaje|este mensaje ha sido eliminado
  questo messaggio è stato eliminato|hai eliminato questo messaggio
  mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem|esta mensagem foi eliminada|eliminou esta mensagem
  dit bericht is verwijderd|dit bericht werd verwijderd|je hebt dit bericht verwijderd|u hebt dit bericht verwijderd
  данное сообщение удалено|сообщение удалено|вы удалили данное сообщение|вы удалили это сообщение
  bu mesaj silindi|bu mesajı sildiniz|ta wiadomość została usunięta|usunięto tę wiadomość|ta wiadomość została skasowana
  det här meddelandet togs bort|det här meddelandet raderades|du raderade det här meddelandet|du tog bort det här meddelandet
  denne besked blev slettet|du slettede denne besked|denne meldingen ble slettet|du slettet denne meldingen
  tämä viesti poistettiin|poistit tämän viestin|viesti poistettiin
  تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|حذفت هذه الرسالة|הודעה זו נמחקה|מחקת הודעה זו|این پیام حذف شد|شما این پیام را حذف کردید
  यह संदेश हटाया गया था|यह मैसेज मिटाया गया|आपने यह मैसेज डिलीट किया है|এই বার্তাটি মুছে ফেলা হয়েছে|یہ پیغام حذف کر دیا گیا تھا
  このメッセージは削除されました|このメッセージを削除しました|삭제된 메시지입니다|此消息已删除|您已删除此消息|你删除了这条消息|此訊息已刪除|您已刪除此訊息
  pesan ini telah dihapus|anda menghapus pesan ini|mesej ini telah dipadam|acest mesaj a fost șters|ați șters acest mesaj
  tato zpráva byla odstraněna|táto správa bola odstránená|ezt az üzenetet törölték|ezt az üzenetet törölted
  αυτό το μήνυμα διαγράφηκε|διαγράψατε αυτό το μήνυμα|це повідомлення видалено|ви видалили це повідомлення
  tin nhắn này đã bị xóa|bạn đã xóa tin nhắn này|ova poruka je izbrisana|то сообщение было удалено|aquest missatge s'ha suprimit
  ข้อความนี้ถูกลบ|คุณลบข้อความนี้`

const missedCall = `
  missed voice call|missed video call|missed group voice call|missed group video call|missed call|silenced voice call
  verpasster sprachanruf|verpasster videoanruf|verpasster anruf|appel vocal manqué|appel vidéo manqué|appel manqué
  llamada perdida|llamada de voz perdida|videollamada perdida|chiamata persa|chiamata vocale persa|videochiamata persa
  chamada perdida|chamada de voz perdida|chamada de vídeo perdida|gemiste oproep|gemiste spraakoproep|gemiste audio-oproep
  gemiste video-oproep|gemist videogesprek|gemiste spraakoproep|пропущенный звонок|пропущенный аудиозвонок|пропущенный видеозвонок
  cevapsız arama|cevapsız sesli arama|cevapsız görüntülü arama|nieodebrane połączenie|nieodebrane połączenie głosowe
  nieodebrane połączenie wideo|missat röstsamtal|missat videosamtal|ubesvaret taleopkald|ubesvaret videoopkald
  tapt taleanrop|tapt videoanrop|vastaamaton äänipuhelu|vastaamaton videopuhelu|مكالمة صوتية فائتة|مكالمة فيديو فائتة
  שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|मिस्ड वॉइस कॉल|मिस्ड वीडियो कॉल|不在着信|音声通話の不在着信|ビデオ通話の不在着信
  부재중 음성통화|부재중 영상통화|未接语音通话|未接视频通话|未接語音通話|未接視訊通話|panggilan suara tak terjawab
  panggilan video tak terjawab|apel vocal pierdut|apel video pierdut|zmeškaný hlasový hovor|nem fogadott hanghívás
  αναπάντητη φωνητική κλήση|пропущений аудіодзвінок|cuộc gọi thoại nhỡ`

const call = `
  voice call|video call|group voice call|group video call|sprachanruf|videoanruf|appel vocal|appel vidéo|llamada de voz
  videollamada|chiamata vocale|videochiamata|chamada de voz|chamada de vídeo|ligação de voz|spraakoproep|video-oproep
  аудиозвонок|видеозвонок|sesli arama|görüntülü arama|połączenie głosowe|połączenie wideo|röstsamtal|videosamtal
  مكالمة صوتية|مكالمة فيديو|音声通話|ビデオ通話|음성통화|영상통화|语音通话|视频通话|語音通話|視訊通話`

const undelivered = `
  waiting for this message. this may take a while|warten auf diese nachricht. dies kann etwas dauern
  en attente de ce message. cela peut prendre un moment|esperando este mensaje. esto puede tomar tiempo
  in attesa del messaggio. potrebbe volerci qualche minuto|aguardando mensagem. essa ação pode levar alguns instantes`

/** The notice of encryption: the app speaks, although some phones put the other person's name before it. */
const notice =
  /^(?:messages and calls are end-to-end encrypted|messages (?:you send|to this (?:chat|group))|nachrichten und anrufe sind ende-zu-ende|les messages et (?:les )?appels sont chiffrés|los mensajes y las llamadas están cifrados|i messaggi e le chiamate sono crittografati|as mensagens e (?:as )?(?:chamadas|ligações) são (?:protegidas|encriptadas)|berichten en (?:gesprekken|oproepen) (?:zijn|worden) end-to-end|сообщения и звонки защищены сквозным|mesajlar ve aramalar uçtan uca|wiadomości i połączenia są (?:w pełni )?(?:szyfrowane|chronione)|الرسائل والمكالمات مشفرة|meldinger og (?:opkald|anrop) er|meddelanden och samtal är|viestit ja puhelut ovat|מוצפנות מקצה לקצה|ההודעות והשיחות מוצפנות|संदेश और कॉल|メッセージと通話はエンドツーエンド|메시지와 통화는 종단간|消息和通话(?:都)?进行端到端|訊息和通話經端對端|your security code with|you're now chatting|this (?:chat|business) (?:is with|works with)|ihre sicherheitsnummer|deine sicherheitsnummer)/u

const longestMark = 160
const editedMark =
  /\s*[\u200e\u200f]*<[^<>\n]{0,40}(?:edited|bearbeitet|modifi|edit[oóa]|bewerkt|измен|düzenlen|redigera|rediger|edytowan|muokat|編集|编辑|編輯|수정|편집|تعديل|ویرایش|נערכ|संपादित|diedit|uprav|szerkeszt|επεξεργ|змінен|chỉnh sửa)[^<>\n]{0,20}>\s*$/iu

const mediaWord =
  /medi[aeo]|médi[ao]|medya|mídia|multim|медиа|медіа|メディア|媒体|媒體|미디어|وسائط|الوسائط|רسانه|رسانه|מדיה|मीडिया|मिडिया|মিডিয়া|สื่อ|πολυμέσ|média/iu

const omittedWord =
  /\b(?:omitted|weggelassen|ausgelassen|ausgeschlossen|absente?s?|omise?s?|omitid[oa]s?|omess[oaie]|ocultad[oa]s?|ocult[oa]s?|weggelaten|utelämna[dt]|udeladt|utelatt|edilmedi|pominięt[aoey]|vynechán[oaáy]?|omis[ăe]?|diabaikan|dihilangkan|kihagyva)\b|пропущен|без медиа|省略|忽略|略過|생략|محذوف|تم استبعاد|הושמט|छोड़|παραλείφθηκε/iu

const attachedWord =
  /^(?:file attached|attached|datei angehängt|fichier joint|archivo adjunto|file allegato|arquivo anexado|ficheiro anexado|bestand bijgevoegd|файл добавлен|файл прикреплен|файл додано|dosya ekli|plik dołączony|załączono plik|bifogad fil|fil bifogad|vedhæftet fil|fil vedlagt|liitetty tiedosto|tiedosto liitetty|الملف مرفق|ملف مرفق|קובץ מצורף|הקובץ צורף|फ़ाइल संलग्न है|फ़ाइल संलग्न|添付ファイル|ファイル添付|파일 첨부됨|파일 첨부|文件附件|檔案已附加|已附加檔案|附件|file terlampir|fișier atașat|přiložený soubor|súbor priložený|csatolt fájl|συνημμένο αρχείο|tệp đính kèm|فایل پیوست شد|fail dilampirkan|fitxer adjunt)$/iu

export type AppLabel = 'deleted' | 'missed call' | 'call' | 'undelivered'

const labels = new Map<string, AppLabel>()
for (const [label, phrases] of [
  ['call', call],
  ['missed call', missedCall],
  ['deleted', deleted],
  ['undelivered', undelivered],
] as const)
  for (const phrase of phrases.split(/[|\n]/).map(plainPhrase)) if (phrase !== '') labels.set(phrase, label)
const longestLabel = Math.max(...[...labels.keys()].map(phrase => phrase.length))
/** The first three characters of every label: most messages are set aside by them. */
const starts = new Set([...labels.keys()].map(phrase => phrase.slice(0, 3)))

/** What the app says with the whole of this text ("Voice call, 5 min"); null when it is not the app's. */
export function labelOf(text: string): AppLabel | null {
  if (text.length > longestLabel + 60 || !starts.has(text.slice(0, 3).toLowerCase())) return null
  const whole = labels.get(plainPhrase(text))
  if (whole) return whole
  const start = labels.get(plainPhrase(text.split(/[,.،•·\u200e\n]/)[0] ?? ''))
  return (start === 'call' || start === 'missed call') && isCallTail(text) ? start : null
}

/** True when the text is the app's own notice, although it stands behind a name. */
export const isNotice = (text: string) => notice.test(text.slice(0, 200).toLowerCase())

/** The text without the app's "edited" mark, or null when it has none. */
export function withoutEditedMark(text: string): string | null {
  if (!text.trimEnd().endsWith('>')) return null
  // Only the end is looked at: a hostile text of a million spaces must not cost a million steps each.
  const tailAt = Math.max(0, text.length - longestMark)
  const found = editedMark.exec(text.slice(tailAt))
  return found ? text.slice(0, tailAt + found.index) : null
}

/** True for "<Media omitted>" in any language: angle brackets around a word for media, and nothing else. */
export const isOmittedInBrackets = (text: string) =>
  text.length < 60 && /^<[^<>]+>$/.test(text) && (mediaWord.test(text) || omittedWord.test(text))

/** True for "image omitted" in any language; only to be asked of a line that carries the app's own mark. */
export const isOmittedAfterMark = (text: string) => text.length < 120 && omittedWord.test(text)

/** True for the words in brackets behind the name of an attached file. */
export const isAttachedWord = (text: string) => attachedWord.test(plainPhrase(text))

// What may follow the name of a call: a length of time, or one of the app's own remarks. Typed text may not.
function isCallTail(text: string): boolean {
  const tail = text.replace(/^[^,.،•·\u200e\n]*[,.،•·\u200e\n\s]*/, '')
  return (
    tail.length < 60 &&
    (/[\d\u0660-\u0669\u06f0-\u06f9]/.test(tail) ||
      /\u200e/.test(text) ||
      /call back|no answer|tap to/i.test(tail))
  )
}

/** A phrase without invisible marks, outer dots and capitals. */
function plainPhrase(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
    .replace(/[.。!！]+$/u, '')
    .toLowerCase()
}
