import { MENU_LANGUAGES, type MenuLanguage, type Rating } from '@switchboard/contract';

export interface FeedbackWords {
  /** `{name}`: the centre. */
  readonly question: string;
  /** From 1 to 5; a button on a phone has room for 20 characters. */
  readonly labels: readonly [string, string, string, string, string];
  /** Before an address, in a plain message. */
  readonly plain: string;
  readonly digits: string;
  readonly more: string;
  readonly subject: string;
  readonly page: {
    readonly rating: string;
    readonly comment: string;
    readonly optional: string;
    readonly send: string;
    readonly choose: string;
    readonly tooLong: string;
    readonly thanks: string;
    readonly change: string;
    readonly closed: string;
    readonly closedText: string;
    readonly broken: string;
    readonly brokenText: string;
  };
}

export const words: Readonly<Record<MenuLanguage, FeedbackWords>> = {
  en: {
    question: 'How was our help?',
    labels: ['very poor', 'poor', 'fair', 'good', 'very good'],
    plain: 'Tell us with one tap:',
    digits: 'Answer with 1 (very poor) to 5 (very good), or here:',
    more: 'To add a few words:',
    subject: 'How was our help?',
    page: {
      rating: 'Your rating',
      comment: 'What should we know?',
      optional: 'optional',
      send: 'Send',
      choose: 'Choose one of the five first.',
      tooLong: 'At most 2000 characters, please.',
      thanks: 'Thank you. Your answer is with the team.',
      change: 'You can change it here until {date}.',
      closed: 'This question is closed',
      closedText: 'Your answer could not be taken any more. If you still need help, just write to us.',
      broken: 'This address is not complete',
      brokenText: 'Copy all of it from the message that you got, or answer that message.',
    },
  },
  de: {
    question: 'Wie war unsere Hilfe?',
    labels: ['sehr schlecht', 'schlecht', 'mittel', 'gut', 'sehr gut'],
    plain: 'Sagen Sie es mit einem Klick:',
    digits: 'Antworten Sie mit 1 (sehr schlecht) bis 5 (sehr gut), oder hier:',
    more: 'Für ein paar Worte dazu:',
    subject: 'Wie war unsere Hilfe?',
    page: {
      rating: 'Ihre Bewertung',
      comment: 'Was sollten wir wissen?',
      optional: 'freiwillig',
      send: 'Senden',
      choose: 'Bitte zuerst eine der fünf Möglichkeiten wählen.',
      tooLong: 'Bitte höchstens 2000 Zeichen.',
      thanks: 'Danke. Ihre Antwort ist beim Team.',
      change: 'Bis {date} können Sie sie hier ändern.',
      closed: 'Diese Frage ist geschlossen',
      closedText: 'Ihre Antwort konnte nicht mehr angenommen werden. Wenn Sie noch Hilfe brauchen, schreiben Sie uns.',
      broken: 'Diese Adresse ist unvollständig',
      brokenText: 'Kopieren Sie sie ganz aus der Nachricht, oder antworten Sie auf die Nachricht.',
    },
  },
  fr: {
    question: 'Comment était notre aide ?',
    labels: ['très mauvaise', 'mauvaise', 'moyenne', 'bonne', 'très bonne'],
    plain: 'Dites-le nous en un clic :',
    digits: 'Répondez de 1 (très mauvaise) à 5 (très bonne), ou ici :',
    more: 'Pour ajouter quelques mots :',
    subject: 'Comment était notre aide ?',
    page: {
      rating: 'Votre note',
      comment: 'Que devons-nous savoir ?',
      optional: 'facultatif',
      send: 'Envoyer',
      choose: 'Choisissez d’abord une des cinq notes.',
      tooLong: '2000 caractères au maximum, s’il vous plaît.',
      thanks: 'Merci. Votre réponse est entre les mains de l’équipe.',
      change: 'Vous pouvez la modifier ici jusqu’au {date}.',
      closed: 'Cette question est close',
      closedText: 'Votre réponse n’a plus pu être prise en compte. S’il vous faut encore de l’aide, écrivez-nous.',
      broken: 'Cette adresse est incomplète',
      brokenText: 'Copiez-la en entier depuis le message reçu, ou répondez à ce message.',
    },
  },
  es: {
    question: '¿Cómo fue nuestra ayuda?',
    labels: ['muy mala', 'mala', 'regular', 'buena', 'muy buena'],
    plain: 'Díganoslo con un clic:',
    digits: 'Responda de 1 (muy mala) a 5 (muy buena), o aquí:',
    more: 'Para añadir unas palabras:',
    subject: '¿Cómo fue nuestra ayuda?',
    page: {
      rating: 'Su valoración',
      comment: '¿Qué deberíamos saber?',
      optional: 'opcional',
      send: 'Enviar',
      choose: 'Elija primero una de las cinco.',
      tooLong: 'Como máximo 2000 caracteres, por favor.',
      thanks: 'Gracias. Su respuesta está con el equipo.',
      change: 'Puede cambiarla aquí hasta el {date}.',
      closed: 'Esta pregunta está cerrada',
      closedText: 'Su respuesta ya no se pudo registrar. Si aún necesita ayuda, escríbanos.',
      broken: 'Esta dirección no está completa',
      brokenText: 'Cópiela entera del mensaje que recibió, o responda a ese mensaje.',
    },
  },
};

export const labelOf = (language: MenuLanguage, rating: Rating): string => words[language].labels[rating - 1] ?? '';

const isKnown = (language: string): language is MenuLanguage =>
  (MENU_LANGUAGES as readonly string[]).includes(language);

/** The first of some language tags ("de-AT", "fr;q=0.8") that we speak. */
export function spoken(tags: readonly string[]): MenuLanguage | null {
  const asked = tags.map((tag) => tag.trim().toLowerCase().split(/[-_;]/)[0] ?? '');
  return asked.find(isKnown) ?? null;
}
