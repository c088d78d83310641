import type { AppFact } from '../importer.ts'

// What the app writes in place of something a person sent or did, in the languages clients' phones speak. A phrase that
// is missing, or that a later app words otherwise, costs a label and never a record: the line stays a message with its
// text. Compared by `find-notice.ts`, without capitals and outer dots.
// Read off public exports and the phrase lists of whats_json (2026-11-29).
export const labelPhrases: Readonly<Partial<Record<AppFact, string>>> = {
  deleted: `
    this message was deleted|you deleted this message|this message was deleted by admin|this message was deleted by an admin
    this message was deleted by admin {name}|you deleted this message as admin
    diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|diese nachricht wurde von einem admin gelöscht
    ce message a été supprimé|vous avez supprimé ce message
    este mensaje fue eliminado|se eliminó este mensaje|eliminaste este mensaje|este mensaje ha sido eliminado
    questo messaggio è stato eliminato|hai eliminato questo messaggio
    mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem|esta mensagem foi eliminada|eliminou esta mensagem
    apagou esta mensagem|esta mensagem foi apagada pelo remetente
    dit bericht is verwijderd|dit bericht werd verwijderd|je hebt dit bericht verwijderd|u hebt dit bericht verwijderd
    данное сообщение удалено|сообщение удалено|вы удалили данное сообщение|вы удалили это сообщение
    bu mesaj silindi|bu mesajı sildiniz|ta wiadomość została usunięta|usunięto tę wiadomość|ta wiadomość została skasowana
    usunąłeś(-ęłaś) tę wiadomość|usunąłeś(aś) tę wiadomość
    det här meddelandet togs bort|det här meddelandet raderades|du raderade det här meddelandet|du tog bort det här meddelandet
    denne besked blev slettet|denne besked er blevet slettet|du slettede denne besked|du har slettet denne besked
    denne meldingen ble slettet|du slettet denne meldingen
    tämä viesti poistettiin|poistit tämän viestin|viesti poistettiin
    تم حذف هذه الرسالة|لقد حذفت هذه الرسالة|حذفت هذه الرسالة|أنت حذفت هذه الرسالة
    הודעה זו נמחקה|מחקת הודעה זו|מחקת את ההודעה הזו|این پیام حذف شد|این پیام حذف شده است|شما این پیام را حذف کردید
    यह संदेश हटाया गया था|यह मैसेज मिटाया गया|यह संदेश मिटाया गया|यह मैसेज डिलीट कर दिया गया है|आपने यह मैसेज डिलीट किया है
    आपने यह मैसेज डिलीट किया|आपने यह संदेश मिटाया|এই বার্তাটি মুছে ফেলা হয়েছে|এই মেসেজটি বাদ দেওয়া হয়েছে|আপনি এই মেসেজটি বাদ দিয়েছেন
    یہ پیغام حذف کر دیا گیا تھا|یہ میسج حذف کر دیا گیا ہے|یہ پیغام حذف کیا گیا|ਇਸ ਸੁਨੇਹੇ ਨੂੰ ਹਟਾਇਆ ਗਿਆ|આ મેસેજ ડિલીટ કરાયો
    このメッセージは削除されました|このメッセージを削除しました|삭제된 메시지입니다|이 메시지는 삭제되었습니다|삭제한 메시지입니다|이 메시지를 삭제했습니다
    此消息已删除|这条消息已被删除|您已删除此消息|您已删除这条消息|你删除了这条消息|此訊息已刪除|您已刪除此訊息
    pesan ini telah dihapus|pesan ini dihapus|anda menghapus pesan ini|anda telah menghapus pesan ini|mesej ini telah dipadam
    acest mesaj a fost șters|ați șters acest mesaj|tato zpráva byla odstraněna|tato zpráva byla smazána|táto správa bola odstránená
    ezt az üzenetet törölték|ezt az üzenetet törölted|ez az üzenet törlésre került|törölted ezt az üzenetet
    αυτό το μήνυμα διαγράφηκε|διαγράψατε αυτό το μήνυμα|це повідомлення видалено|це повідомлення було видалено|ви видалили це повідомлення
    tin nhắn này đã bị xóa|bạn đã xóa tin nhắn này|ova poruka je izbrisana|ova je poruka izbrisana|то сообщение было удалено
    aquest missatge s'ha suprimit|has suprimit aquest missatge|mesazhi është fshirë|ข้อความนี้ถูกลบ|ข้อความนี้ถูกลบแล้ว|คุณลบข้อความนี้|คุณได้ลบข้อความนี้`,

  'not-exported': 'null',

  undelivered: `
    waiting for this message. this may take a while|waiting for this message
    warten auf diese nachricht. dies kann etwas dauern|warte auf diese nachricht. das kann einen moment dauern
    en attente de ce message. cela peut prendre un moment|esperando este mensaje. esto puede tomar tiempo
    in attesa del messaggio. potrebbe volerci qualche minuto|aguardando mensagem. essa ação pode levar alguns instantes
    this message is not supported on this version of whatsapp
    you received a message but your version of whatsapp doesn't support it. update whatsapp to view this message`,

  'missed-call': `
    missed voice call|missed video call|missed group voice call|missed group video call|missed call|silenced voice call
    silenced video call|you missed a voice call|you missed a video call|missed voice call at {time}|missed video call at {time}
    verpasster sprachanruf|verpasster videoanruf|verpasster anruf|verpasster gruppen-sprachanruf|verpasster gruppen-videoanruf
    du hast einen sprachanruf verpasst|du hast einen videoanruf verpasst|appel vocal manqué|appel vidéo manqué|appel manqué
    llamada perdida|llamada de voz perdida|videollamada perdida|chiamata persa|chiamata vocale persa|videochiamata persa
    chamada perdida|chamada de voz perdida|chamada de vídeo perdida|videochamada perdida|ligação de voz perdida|ligação de vídeo perdida
    gemiste oproep|gemiste spraakoproep|gemiste audio-oproep|gemiste video-oproep|gemist videogesprek|gemist spraakgesprek
    пропущенный звонок|пропущенный аудиозвонок|пропущенный видеозвонок
    cevapsız arama|cevapsız sesli arama|cevapsız görüntülü arama|nieodebrane połączenie|nieodebrane połączenie głosowe
    nieodebrane połączenie wideo|nieodebrane poł. głosowe|nieodebrane poł. wideo|missat röstsamtal|missat videosamtal|missat samtal
    ubesvaret taleopkald|ubesvaret videoopkald|tapt taleanrop|tapt videoanrop|vastaamaton äänipuhelu|vastaamaton videopuhelu
    مكالمة صوتية فائتة|مكالمة فيديو فائتة|שיחה קולית שלא נענתה|שיחת וידאו שלא נענתה|تماس صوتی پاسخ داده نشده|تماس تصویری پاسخ داده نشده
    मिस्ड वॉइस कॉल|मिस्ड वीडियो कॉल|वॉइस कॉल मिस हुई|छूटी हुई ध्वनि कॉल|মিসড ভয়েস কল|مسڈ وائس کال|مسڈ ویڈیو کال
    不在着信|音声通話の不在着信|音声通話不在着信|ビデオ通話の不在着信|ビデオ通話不在着信|부재중 음성통화|부재중 영상통화|부재중 전화
    未接语音通话|未接视频通话|未接語音通話|未接視訊通話|未接視像通話|panggilan suara tak terjawab|panggilan video tak terjawab
    apel vocal pierdut|apel video pierdut|apel vocal ratat|apel video ratat|apel vocal nepreluat|apel video nepreluat
    zmeškaný hlasový hovor|zmeškaný hovor|zmeškaný videohovor|nem fogadott hanghívás|nem fogadott videohívás
    αναπάντητη φωνητική κλήση|αναπάντητη βιντεοκλήση|пропущений аудіодзвінок|пропущений відеодзвінок|cuộc gọi thoại nhỡ|cuộc gọi nhỡ
    trucada de veu perduda|videotrucada perduda|สายที่ไม่ได้รับ|วิดีโอคอลที่ไม่ได้รับ`,

  call: `
    voice call|video call|group voice call|group video call|sprachanruf|videoanruf|ausgehender sprachanruf|eingehender sprachanruf
    ausgehender videoanruf|eingehender videoanruf|appel vocal|appel vidéo|llamada de voz|videollamada|chiamata vocale|videochiamata
    chamada de voz|chamada de vídeo|ligação de voz|ligação de vídeo|spraakoproep|video-oproep|аудиозвонок|видеозвонок|sesli arama
    görüntülü arama|połączenie głosowe|połączenie wideo|röstsamtal|videosamtal|apel vocal|apel video|वॉइस कॉल|वीडियो कॉल
    مكالمة صوتية|مكالمة فيديو|音声通話|ビデオ通話|음성통화|영상통화|语音通话|视频通话|語音通話|視訊通話`,
}

/** What may follow the name of a call: how long it took, or a remark of the app's. Nothing else may. */
export const callRemarks = new Set(
  `tap to call back|no answer|answered|declined|missed|answered on other device|answered on another device|click to call back
  keine antwort|tippe, um zurückzurufen|zum zurückrufen tippen|sans réponse|touchez pour rappeler|appuyez pour rappeler
  sin respuesta|toca para devolver la llamada|pulsa para devolver la llamada|nessuna risposta|tocca per richiamare
  sem resposta|não atendida|toque para ligar de volta|toque para retornar a ligação|geen antwoord|niet beantwoord|tik om terug te bellen
  cevap yok|cevap verilmedi|geri aramak için dokunun|brak odpowiedzi|stuknij, aby oddzwonić|niciun răspuns|fără răspuns
  atingeți pentru a apela înapoi|لا يوجد رد|انقر لمعاودة الاتصال|कोई जवाब नहीं|कॉल बैक करने के लिए टैप करें`
    .split(/[|\n]/)
    .map(remark => remark.trim()),
)

/** The words for lengths of time that may stand behind a number. */
export const timeWords = `
  s|sec|secs|second|seconds|m|min|mins|minute|minutes|h|hr|hrs|hour|hours|day|days|week|weeks|month|months|year
  sek|sekunde|sekunden|minuten|std|stunde|stunden|tag|tage|tagen|woche|wochen|monat|monate|seconde|secondes|heure|heures
  jour|jours|semaine|semaines|mois|seg|segundo|segundos|minuto|minutos|hora|horas|día|días|semana|semanas|mes|meses
  secondo|secondi|minuti|ora|ore|giorno|giorni|settimana|settimane|mese|mesi|dia|dias|mês|uur|uren|dag|dagen|weken|maand|maanden
  sn|saniye|dk|dakika|sa|saat|gün|hafta|ay|sekund|sekundy|minut|minuty|godz|godzina|godziny|godzin|dzień|dni|tydzień|tygodnie
  secunde|zi|zile|săptămână|săptămâni|lună|luni|сек|секунд|мин|минут|час|часа|часов|день|дня|дней
  ثانية|ثوان|ثوانٍ|دقيقة|دقائق|ساعة|ساعات|يوم|أيام|يومًا|सेकंड|मिनट|घंटा|घंटे|दिन|joined|beigetreten`
  .trim()
  .split(/\s*[|\n]\s*/)
