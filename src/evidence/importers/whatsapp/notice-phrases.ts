import type { AppFact } from '../importer.ts'

// What the app says of its own accord, in the languages clients' phones speak: what was blocked, switched on, changed.
// {name} is somebody the file names, a number or "you"; {words} is text that somebody chose; {time} is a length of time.
// A phrase that is missing, or that a later app words otherwise, costs a label and never a record.
// Read off public exports, WhatsApp's own scripts and the phrase lists of whats_json (2026-11-29).
export const noticePhrases: Readonly<Partial<Record<AppFact, string>>> = {
  blocked: `
    you blocked this contact|you blocked this person|you blocked this business|you blocked this account|{name} blocked this contact
    du hast diesen kontakt blockiert|sie haben diesen kontakt blockiert|du hast diese person blockiert|du hast dieses unternehmen blockiert
    vous avez bloqué ce contact|vous avez bloqué cette personne|tu as bloqué ce contact
    bloqueaste a este contacto|bloqueaste este contacto|has bloqueado a este contacto|has bloqueado este contacto
    bloqueaste a esta persona|has bloqueado a esta persona|hai bloccato questo contatto|hai bloccato questa persona
    você bloqueou este contato|você bloqueou esse contato|você bloqueou esta pessoa|bloqueou este contacto|bloqueaste este contacto
    je hebt dit contact geblokkeerd|u hebt dit contact geblokkeerd|je hebt deze contactpersoon geblokkeerd|je hebt deze persoon geblokkeerd
    bu kişiyi engellediniz|bu kişiyi engelledin|zablokowano ten kontakt|zablokowałeś ten kontakt|zablokowałaś ten kontakt
    zablokowałeś(-aś) ten kontakt|ați blocat acest contact|ai blocat acest contact|ați blocat această persoană
    لقد حظرت جهة الاتصال هذه|حظرت جهة الاتصال هذه|لقد قمت بحظر جهة الاتصال هذه|قمت بحظر جهة الاتصال هذه
    आपने इस संपर्क को ब्लॉक किया है|आपने इस संपर्क को ब्लॉक किया|आपने इस कॉन्टैक्ट को ब्लॉक किया है|आपने इस कॉन्टैक्ट को ब्लॉक किया
    вы заблокировали этот контакт|вы заблокировали данный контакт|ви заблокували цей контакт|du blockerade den här kontakten
    du har blokeret denne kontakt|du blokkerte denne kontakten|estit tämän yhteystiedon|anda memblokir kontak ini
    您已封锁此联系人|您已封鎖此聯絡人|この連絡先をブロックしました|이 연락처를 차단했습니다|آپ نے اس رابطے کو بلاک کر دیا ہے`,

  unblocked: `
    you unblocked this contact|you unblocked this person|you unblocked this business|you unblocked this account|{name} unblocked this contact
    du hast diesen kontakt freigegeben|du hast die blockierung dieses kontakts aufgehoben|du hast diesen kontakt entblockiert|du hast diese person freigegeben
    vous avez débloqué ce contact|vous avez débloqué cette personne|tu as débloqué ce contact
    desbloqueaste a este contacto|desbloqueaste este contacto|has desbloqueado a este contacto|has desbloqueado este contacto
    desbloqueaste a esta persona|hai sbloccato questo contatto|hai sbloccato questa persona
    você desbloqueou este contato|você desbloqueou esse contato|você desbloqueou esta pessoa|desbloqueou este contacto
    je hebt dit contact gedeblokkeerd|u hebt dit contact gedeblokkeerd|je hebt deze contactpersoon gedeblokkeerd
    bu kişinin engelini kaldırdınız|bu kişinin engellemesini kaldırdınız|odblokowano ten kontakt|odblokowałeś ten kontakt|odblokowałaś ten kontakt
    ați deblocat acest contact|ai deblocat acest contact|لقد ألغيت حظر جهة الاتصال هذه|ألغيت حظر جهة الاتصال هذه|قمت بإلغاء حظر جهة الاتصال هذه
    आपने इस संपर्क को अनब्लॉक किया है|आपने इस संपर्क को अनब्लॉक किया|आपने इस कॉन्टैक्ट को अनब्लॉक किया है|आपने इस कॉन्टैक्ट को अनब्लॉक किया
    вы разблокировали этот контакт|вы разблокировали данный контакт|ви розблокували цей контакт`,

  'privacy-on': `
    {name} turned on advanced chat privacy|advanced chat privacy was turned on|advanced chat privacy has been turned on
    {name} hat den erweiterten chat-datenschutz aktiviert|{name} hat erweiterten chat-datenschutz aktiviert|du hast den erweiterten chat-datenschutz aktiviert
    {name} a activé la confidentialité avancée de la discussion|vous avez activé la confidentialité avancée de la discussion
    {name} activó la privacidad avanzada del chat|{name} activó la privacidad avanzada de chat|activaste la privacidad avanzada del chat
    {name} ha attivato la privacy avanzata della chat|hai attivato la privacy avanzata della chat
    {name} ativou a privacidade avançada da conversa|{name} heeft geavanceerde chatprivacy ingeschakeld|je hebt geavanceerde chatprivacy ingeschakeld
    {name} gelişmiş sohbet gizliliğini açtı|gelişmiş sohbet gizliliğini açtınız|{name} włączył(a) zaawansowaną prywatność czatu
    {name} a activat confidențialitatea avansată a conversației|قام {name} بتشغيل خصوصية الدردشة المتقدمة|{name} ने एडवांस्ड चैट प्राइवेसी चालू की`,

  'privacy-off': `
    {name} turned off advanced chat privacy|advanced chat privacy was turned off|advanced chat privacy has been turned off
    {name} hat den erweiterten chat-datenschutz deaktiviert|{name} hat erweiterten chat-datenschutz deaktiviert|du hast den erweiterten chat-datenschutz deaktiviert
    {name} a désactivé la confidentialité avancée de la discussion|vous avez désactivé la confidentialité avancée de la discussion
    {name} desactivó la privacidad avanzada del chat|desactivaste la privacidad avanzada del chat|{name} ha disattivato la privacy avanzata della chat
    {name} desativou a privacidade avançada da conversa|{name} heeft geavanceerde chatprivacy uitgeschakeld|{name} gelişmiş sohbet gizliliğini kapattı
    {name} wyłączył(a) zaawansowaną prywatność czatu|{name} a dezactivat confidențialitatea avansată a conversației
    قام {name} بإيقاف خصوصية الدردشة المتقدمة|{name} ने एडवांस्ड चैट प्राइवेसी बंद की`,

  'number-changed': `
    {name} changed their phone number to a new number|{name} changed their phone number|{name} changed your phone number
    {name} changed to a new number|{name} changed to {name}|{name} hat eine neue telefonnummer|{name} hat zu {name} gewechselt
    {name} a changé de numéro de téléphone|{name} a un nouveau numéro de téléphone|{name} a changé pour {name}
    {name} cambió su número de teléfono a uno nuevo|{name} cambió su número de teléfono|{name} cambió su número|{name} cambió a {name}
    {name} ha cambiato numero di telefono|{name} ha cambiato il suo numero di telefono|{name} ha cambiato numero
    {name} mudou para um novo número de telefone|{name} mudou seu número de telefone para um novo número|{name} mudou de número de telefone
    {name} mudou de número|{name} alterou o número de telefone|{name} heeft een nieuw telefoonnummer|{name} is overgestapt naar een nieuw nummer
    {name} is overgestapt naar {name}|{name} telefon numarasını değiştirdi|{name} telefon numarasını yeni bir numaraya değiştirdi
    {name} zmienił(a) numer telefonu|{name} zmienił numer telefonu|{name} zmieniła numer telefonu|{name} și-a schimbat numărul de telefon
    غيّر {name} رقم هاتفه|{name} غيّر رقم هاتفه|غيّرت {name} رقم هاتفها|{name} ने अपना फ़ोन नंबर बदल लिया है|{name} ने अपना फ़ोन नंबर बदला`,

  'disappearing-on': `
    {name} turned on disappearing messages|disappearing messages were turned on|{name} uses a default timer for disappearing messages in new chats
    {name} hat selbstlöschende nachrichten aktiviert|du hast selbstlöschende nachrichten aktiviert|{name} a activé les messages éphémères
    vous avez activé les messages éphémères|{name} activó los mensajes temporales|activaste los mensajes temporales
    {name} usa una duración predeterminada para los mensajes temporales en chats nuevos|{name} ha attivato i messaggi effimeri|hai attivato i messaggi effimeri
    {name} ativou as mensagens temporárias|{name} heeft zelfverwijderende berichten ingeschakeld|je hebt zelfverwijderende berichten ingeschakeld
    {name} heeft verdwijnende berichten ingeschakeld|{name} süreli mesajları açtı|süreli mesajları açtınız|{name} włączył(a) znikające wiadomości
    {name} a activat mesajele temporare|شغّل {name} الرسائل ذاتية الاختفاء|قام {name} بتشغيل الرسائل ذاتية الاختفاء|{name} ने गायब होने वाले मैसेज चालू किए`,

  'disappearing-off': `
    {name} turned off disappearing messages|disappearing messages were turned off|{name} hat selbstlöschende nachrichten deaktiviert
    du hast selbstlöschende nachrichten deaktiviert|{name} a désactivé les messages éphémères|vous avez désactivé les messages éphémères
    {name} desactivó los mensajes temporales|desactivaste los mensajes temporales|{name} ha disattivato i messaggi effimeri|hai disattivato i messaggi effimeri
    {name} desativou as mensagens temporárias|{name} heeft zelfverwijderende berichten uitgeschakeld|je hebt zelfverwijderende berichten uitgeschakeld
    {name} heeft verdwijnende berichten uitgeschakeld|{name} süreli mesajları kapattı|süreli mesajları kapattınız|{name} wyłączył(a) znikające wiadomości
    {name} a dezactivat mesajele temporare|أوقف {name} الرسائل ذاتية الاختفاء|قام {name} بإيقاف الرسائل ذاتية الاختفاء|{name} ने गायब होने वाले मैसेज बंद किए`,

  'disappearing-timer': `
    {name} updated the message timer|{name} changed the message timer|{name} set messages to disappear in {time}
    {name} hat die nachrichtendauer aktualisiert|{name} hat die nachrichtendauer geändert|du hast die nachrichtendauer aktualisiert
    {name} a mis à jour la durée des messages|{name} actualizó la duración de los mensajes temporales|actualizaste la duración de los mensajes temporales
    {name} ha aggiornato il timer dei messaggi|{name} atualizou a duração das mensagens|{name} heeft de berichttimer bijgewerkt`,

  'security-code-changed': `
    your security code with {name} changed|{name}'s security code changed|your security code with {name} has changed
    deine sicherheitsnummer für {name} hat sich geändert|die sicherheitsnummer von {name} hat sich geändert|ihre sicherheitsnummer für {name} hat sich geändert
    votre code de sécurité avec {name} a changé|cambió tu código de seguridad con {name}|tu código de seguridad con {name} cambió
    il tuo codice di sicurezza con {name} è cambiato|o seu código de segurança partilhado com {name} mudou|seu código de segurança com {name} mudou
    uw beveiligingscode voor {name} is gewijzigd|je beveiligingscode voor {name} is gewijzigd|{name} ile aranızdaki güvenlik kodu değişti
    twój kod zabezpieczeń z użytkownikiem {name} zmienił się|codul dvs. de securitate cu {name} s-a schimbat
    تغيّر رمز أمانك المُستخدَم مع {name}|{name} के लिए आपका सुरक्षा कोड बदल गया है|ваш код безопасности с контактом {name} изменился`,

  pinned: `
    {name} pinned a message|{name} unpinned a message|{name} hat eine nachricht angepinnt|{name} hat eine nachricht fixiert|{name} a épinglé un message
    {name} fijó un mensaje|{name} ha fissato un messaggio|{name} fixou uma mensagem|{name} heeft een bericht vastgezet`,

  notice: `
    {name} is a contact|{name} es un contacto|{name} ist ein kontakt|this chat is with a business account|this business works with other companies to manage this chat
    this business is now working with other companies to manage this chat|this business uses a secure service from meta to manage this chat
    you're now chatting with a business account|live location shared|live-standort wird geteilt`,
}
