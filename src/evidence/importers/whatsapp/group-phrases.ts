import type { AppFact } from '../importer.ts'

// What the app says of a group and of the encryption, as in `notice-phrases.ts`.
export const groupPhrases: Readonly<Partial<Record<AppFact, string>>> = {
  encryption: `
    messages and calls are end-to-end encrypted|messages you send to this chat and calls are now secured with end-to-end encryption
    messages to this chat and calls are now secured with end-to-end encryption|messages to this group are now secured with end-to-end encryption
    messages you send to this group are now secured with end-to-end encryption|nachrichten und anrufe sind ende-zu-ende-verschlüsselt
    les messages et les appels sont chiffrés de bout en bout|les messages et appels sont chiffrés de bout en bout
    los mensajes y las llamadas están cifrados de extremo a extremo|i messaggi e le chiamate sono crittografati end-to-end
    as mensagens e as chamadas são protegidas com a criptografia de ponta a ponta|as mensagens e ligações são protegidas com a criptografia de ponta a ponta
    as mensagens e as ligações são protegidas com a criptografia de ponta a ponta|as mensagens e chamadas são encriptadas ponto a ponto
    berichten en gesprekken worden end-to-end versleuteld|berichten en oproepen zijn end-to-end versleuteld|berichten en gesprekken zijn end-to-end versleuteld
    mesajlar ve aramalar uçtan uca şifrelidir|wiadomości i połączenia są w pełni szyfrowane|wiadomości i połączenia są w pełni zaszyfrowane
    mesajele și apelurile sunt criptate integral|الرسائل والمكالمات مشفرة تمامًا بين الطرفين|मैसेजेस और कॉल्स एंड-टू-एंड एन्क्रिप्टेड हैं
    मैसेज और कॉल एंड-टू-एंड एन्क्रिप्टेड हैं|сообщения и звонки защищены сквозным шифрованием|meddelanden och samtal är komplett krypterade
    meddelanden och samtal är totalsträckskrypterade|beskeder og opkald er end-to-end-krypterede|meldinger og samtaler er ende-til-ende-krypterte
    viestit ja puhelut salataan täysin|viestit ja puhelut ovat täysin salattuja|ההודעות והשיחות מוצפנות מקצה-לקצה
    メッセージと通話はエンドツーエンド暗号化されています|메시지와 통화는 종단간 암호화됩니다|消息和通话都进行端到端加密|訊息和通話經端對端加密`,

  'group-made': `
    {name} created group {words}|{name} created the group {words}|{name} created this group|{name} created community {words}
    {name} hat die gruppe {words} erstellt|{name} hat diese gruppe erstellt|{name} hat die gruppe erstellt|du hast die gruppe {words} erstellt
    {name} a créé le groupe {words}|vous avez créé le groupe {words}|{name} creó el grupo {words}|{name} creó este grupo|creaste el grupo {words}
    {name} ha creato il gruppo {words}|hai creato il gruppo {words}|{name} criou o grupo {words}|{name} criou este grupo
    {name} heeft de groep {words} gemaakt|{name} heeft groep {words} gemaakt|{name} heeft deze groep gemaakt|{name} {words} grubunu oluşturdu
    {name} utworzył(a) grupę {words}|{name} a creat grupul {words}`,

  'group-joined': `
    {name} added {name}|{name} added you|{name} was added|you were added|{name} joined using this group's invite link
    {name} joined using a group link|{name} joined from the community|{name} joined this group from the community
    {name} added you to a group in the community: {words}|{name} added you to a group in the community|{name} added you to the group {words}
    {name} hat dich hinzugefügt|{name} hat {name} hinzugefügt|du hast {name} hinzugefügt|{name} wurde hinzugefügt|du wurdest hinzugefügt
    {name} ist dieser gruppe mit dem einladungslink beigetreten|{name} ist über einladungslink beigetreten
    {name} vous a ajouté|{name} vous a ajouté(e)|{name} a ajouté {name}|vous avez ajouté {name}|{name} a rejoint en utilisant le lien d'invitation de ce groupe
    {name} te añadió|{name} añadió a {name}|{name} te agregó|{name} agregó a {name}|añadiste a {name}|{name} se unió usando el enlace de invitación de este grupo
    {name} ti ha aggiunto|{name} ha aggiunto {name}|hai aggiunto {name}|{name} adicionou você|{name} adicionou {name}
    {name} entrou usando o link de convite deste grupo|{name} heeft je toegevoegd|{name} heeft u toegevoegd|{name} heeft {name} toegevoegd
    {name} sizi ekledi|{name}, {name} kişisini ekledi|{name} dodał(a) {name}|{name} v-a adăugat|{name} a adăugat pe {name}`,

  'group-left': `
    {name} left|{name} left the group|{name} removed {name}|{name} removed you|{name} was removed|you were removed
    {name} hat die gruppe verlassen|du hast die gruppe verlassen|{name} hat {name} entfernt|{name} hat dich entfernt|du hast {name} entfernt|{name} wurde entfernt
    {name} est parti|{name} a quitté|{name} a quitté le groupe|{name} a retiré {name}|{name} salió del grupo|{name} salió|saliste del grupo|{name} eliminó a {name}
    {name} ha abbandonato|{name} ha abbandonato il gruppo|{name} ha rimosso {name}|{name} saiu|{name} saiu do grupo|{name} removeu {name}
    {name} heeft de groep verlaten|{name} heeft {name} verwijderd|{name} ayrıldı|{name} gruptan ayrıldı|{name} opuścił(a) grupę|{name} a ieșit|{name} a părăsit grupul`,

  'group-changed': `
    {name} changed this group's icon|{name} deleted this group's icon|{name} changed the group description|{name} changed the group name to {words}
    {name} changed the subject from {words} to {words}|{name} changed the subject to {words}|{name} reset this group's invite link
    {name} changed this group's settings to allow only admins to edit this group's info
    {name} changed this group's settings to allow only admins to edit the group settings
    {name} changed this group's settings to allow all members to edit the group settings
    {name} changed this group's settings to allow only admins to send messages to this group
    {name} changed this group's settings to allow all participants to send messages to this group
    {name} changed this group's settings to allow all members to send messages to this group
    you're now an admin|you're no longer an admin|{name} is now an admin|{name} is no longer an admin
    {name} turned on admin approval to join this group|{name} turned off admin approval to join this group
    {name} hat das gruppenbild geändert|{name} hat die gruppenbeschreibung geändert|{name} hat den betreff von {words} zu {words} geändert
    {name} hat den betreff zu {words} geändert|du bist jetzt admin|du bist jetzt ein admin|du bist kein admin mehr
    {name} a changé l'icône de ce groupe|{name} a modifié la description du groupe|{name} a changé le sujet de {words} à {words}
    {name} cambió el ícono de este grupo|{name} cambió la foto del grupo|{name} cambió la descripción del grupo|{name} cambió el asunto de {words} a {words}
    {name} ha cambiato l'immagine del gruppo|{name} ha cambiato l'oggetto da {words} a {words}|{name} ha cambiato la descrizione del gruppo
    {name} mudou a imagem deste grupo|{name} mudou o assunto de {words} para {words}|{name} mudou a descrição do grupo
    {name} heeft de groepsfoto gewijzigd|{name} heeft het onderwerp gewijzigd van {words} naar {words}|{name} heeft de groepsomschrijving gewijzigd`,
}
