// Sentences the app adds to one of its own: what to tap, what an encryption or a timer means. Beside a phrase they are
// the app's; alone they are nobody's in particular. {time} is a length of time.
export const appRemarks = `
  tap to learn more|tap for more info|learn more|click to learn more|click here to learn more|tap to change|click to change
  tap to change this setting|click to change this setting|tap to unblock|click to unblock|tap to view|tap to update|tap to message
  tap to message or add the new number|tap to see more|tap to read|see more
  no one outside of this chat, not even whatsapp, can read or listen to them|only people in this chat can read, listen to, or share them
  no one can auto-save media, export history, ask meta ai questions, or summarise unread messages in this chat
  no one can auto-save media, export history, ask meta ai questions, or summarize unread messages in this chat
  which means whatsapp and third parties can't read or listen to them|this means that whatsapp and third parties can't read or listen to them
  new messages will disappear from this chat {time} after they're sent, except when kept|new messages will disappear from this chat {time} after they're sent
  all new messages will disappear from this chat {time} after they're sent|new messages will disappear after {time}
  new messages will disappear from this chat after {time}, except when kept
  tippe, um mehr zu erfahren|mehr dazu|mehr erfahren|tippe zum ändern|tippe, um dies zu ändern|tippe, um die blockierung aufzuheben
  tippe zum freigeben|tippe, um den kontakt freizugeben|tippe, um eine nachricht zu schreiben|tippe, um eine nachricht zu schreiben oder die neue nummer hinzuzufügen
  niemand außerhalb dieses chats kann sie lesen oder anhören, nicht einmal whatsapp
  nur personen in diesem chat können sie lesen, anhören oder teilen
  neue nachrichten verschwinden aus diesem chat {time} nach dem senden, es sei denn, sie werden aufbewahrt
  appuyez pour en savoir plus|en savoir plus|touchez pour en savoir plus|appuyez pour débloquer|touchez pour débloquer|appuyez pour modifier
  aucun tiers, pas même whatsapp, ne peut les lire ou les écouter|seules les personnes dans cette discussion peuvent les lire, les écouter ou les partager
  pulsa para obtener más información|toca para obtener más información|obtener más información|haz clic para obtener más información
  toca para desbloquearlo|toca para desbloquear|pulsa para desbloquear|haz clic para cambiar esto|toca para cambiar esto
  nadie fuera de este chat, ni siquiera whatsapp, puede leerlos ni escucharlos
  solo las personas en este chat pueden leerlos, escucharlos o compartirlos
  los mensajes nuevos desaparecerán de este chat después de {time} de haber sido enviados, a menos que se use la opción para conservarlos
  tocca per saperne di più|scopri di più|tocca per sbloccare|tocca per sbloccarlo|tocca per modificare
  nessuno al di fuori di questa chat, nemmeno whatsapp, può leggerne o ascoltarne il contenuto
  toque para saber mais|saiba mais|toque para desbloquear|toque para alterar|ninguém fora desta conversa, nem mesmo o whatsapp, pode ler ou ouvi-las
  somente as pessoas desta conversa podem ler, ouvir ou compartilhar
  tik voor meer informatie|meer informatie|tik om te deblokkeren|tik om dit te wijzigen|niemand buiten deze chat kan ze lezen of beluisteren, zelfs whatsapp niet
  daha fazla bilgi edinmek için dokunun|daha fazla bilgi|engeli kaldırmak için dokunun|değiştirmek için dokunun
  whatsapp da dahil olmak üzere bu sohbetin dışında bulunan hiç kimse mesaj ve aramalarınızı okuyamaz ve dinleyemez
  stuknij, aby dowiedzieć się więcej|dowiedz się więcej|stuknij, aby odblokować|nikt spoza czatu, nawet whatsapp, nie może ich odczytać ani odsłuchać
  atingeți pentru a afla mai multe|aflați mai multe|atingeți pentru a debloca
  nicio persoană care nu participă la această conversație, nici măcar whatsapp, nu le poate citi sau asculta
  انقر هنا لمعرفة المزيد|معرفة المزيد|انقر لإلغاء الحظر|ज़्यादा जानने के लिए टैप करें|ज़्यादा जानें|अनब्लॉक करने के लिए टैप करें
  इस चैट में शामिल लोगों के अलावा कोई भी इन्हें पढ़ या सुन नहीं सकता, whatsapp भी नहीं
  подробнее|третьи лица, включая whatsapp, не могут прочитать ваши сообщения или прослушать звонки
  ingen utanför denna chatt, inte ens whatsapp, kan läsa dem eller lyssna på dem|ingen uden for denne chat, selv ikke whatsapp, kan læse eller høre dem
  ingen utenfor samtalen, ikke engang whatsapp, kan lese eller høre på dem|kukaan tämän keskustelun ulkopuolinen, ei edes whatsapp, voi lukea tai kuunnella niitä
  napauta saadaksesi lisätietoja|tryck för att läsa mer|tryk for at læse mere|trykk for å lære mer`
