import type { ExpectedWait, MenuLanguage } from '@switchboard/contract';

/** What the hub itself says to callers. */
export interface Words {
  readonly welcome: string;
  readonly please: string;
  readonly again: string;
  readonly next: string;
  readonly place: (position: number) => string;
  readonly about: (minutes: number) => string;
  readonly between: (from: number, to: number) => string;
  readonly callback: (key: string) => string;
  readonly message: (key: string) => string;
  readonly callbackTaken: string;
  readonly voicemail: string;
  readonly closed: string;
  readonly thanks: string;
  readonly connecting: string;
  readonly recorded: string;
  readonly transcribed: string;
  readonly mayRecord: string;
  readonly mayTranscribe: string;
  readonly agree: (yes: string, no: string) => string;
  readonly goodbye: string;
}

export const words: Record<MenuLanguage, Words> = {
  en: {
    welcome: 'Thank you for calling. One moment, please.',
    please: 'Please choose.',
    again: 'Sorry, I did not understand that.',
    next: 'You are next.',
    place: (position) => `You are number ${position} in the queue.`,
    about: (minutes) =>
      minutes === 1 ? 'It usually takes about a minute.' : `It usually takes about ${minutes} minutes.`,
    between: (from, to) => `It usually takes ${from} to ${to} minutes.`,
    callback: (key) => `To hang up and be called in your turn, press ${key}.`,
    message: (key) => `To leave a message, press ${key}.`,
    callbackTaken: 'You keep your place. We will call you as soon as it is your turn. Goodbye.',
    voicemail: 'Please leave a message after the tone.',
    closed: 'We are closed at the moment.',
    thanks: 'Thank you. We will get back to you. Goodbye.',
    connecting: 'You are being connected.',
    recorded: 'This call is recorded.',
    transcribed: 'This call is recorded and transcribed.',
    mayRecord: 'May we record this call?',
    mayTranscribe: 'May we record and transcribe this call?',
    agree: (yes, no) => `To agree, press ${yes}. To go on without, press ${no}.`,
    goodbye: 'Goodbye.',
  },
  de: {
    welcome: 'Danke für Ihren Anruf. Einen Moment, bitte.',
    please: 'Bitte wählen Sie.',
    again: 'Das habe ich leider nicht verstanden.',
    next: 'Sie sind als Nächstes an der Reihe.',
    place: (position) => `Sie sind Nummer ${position} in der Warteschlange.`,
    about: (minutes) =>
      minutes === 1 ? 'Es dauert meist etwa eine Minute.' : `Es dauert meist etwa ${minutes} Minuten.`,
    between: (from, to) => `Es dauert meist ${from} bis ${to} Minuten.`,
    callback: (key) => `Wenn wir Sie zurückrufen sollen, sobald Sie an der Reihe sind, drücken Sie ${key}.`,
    message: (key) => `Um eine Nachricht zu hinterlassen, drücken Sie ${key}.`,
    callbackTaken: 'Sie behalten Ihren Platz. Wir rufen Sie an, sobald Sie an der Reihe sind. Auf Wiederhören.',
    voicemail: 'Bitte hinterlassen Sie nach dem Ton eine Nachricht.',
    closed: 'Wir sind zurzeit nicht erreichbar.',
    thanks: 'Vielen Dank. Wir melden uns bei Ihnen. Auf Wiederhören.',
    connecting: 'Sie werden verbunden.',
    recorded: 'Dieses Gespräch wird aufgezeichnet.',
    transcribed: 'Dieses Gespräch wird aufgezeichnet und verschriftlicht.',
    mayRecord: 'Dürfen wir dieses Gespräch aufzeichnen?',
    mayTranscribe: 'Dürfen wir dieses Gespräch aufzeichnen und verschriftlichen?',
    agree: (yes, no) => `Wenn Sie zustimmen, drücken Sie ${yes}, wenn nicht, ${no}.`,
    goodbye: 'Auf Wiederhören.',
  },
  fr: {
    welcome: 'Merci de votre appel. Un instant, s’il vous plaît.',
    please: 'Veuillez choisir.',
    again: 'Désolé, je n’ai pas compris.',
    next: 'Vous êtes le prochain.',
    place: (position) => `Vous êtes en position ${position} dans la file d’attente.`,
    about: (minutes) =>
      minutes === 1 ? 'L’attente est d’environ une minute.' : `L’attente est d’environ ${minutes} minutes.`,
    between: (from, to) => `L’attente est de ${from} à ${to} minutes.`,
    callback: (key) => `Pour raccrocher et être rappelé à votre tour, tapez ${key}.`,
    message: (key) => `Pour laisser un message, tapez ${key}.`,
    callbackTaken: 'Vous gardez votre place. Nous vous rappelons dès que c’est votre tour. Au revoir.',
    voicemail: 'Veuillez laisser un message après le signal sonore.',
    closed: 'Nous sommes actuellement fermés.',
    thanks: 'Merci. Nous vous recontacterons. Au revoir.',
    connecting: 'Nous vous mettons en relation.',
    recorded: 'Cet appel est enregistré.',
    transcribed: 'Cet appel est enregistré et transcrit.',
    mayRecord: 'Pouvons-nous enregistrer cet appel ?',
    mayTranscribe: 'Pouvons-nous enregistrer et transcrire cet appel ?',
    agree: (yes, no) => `Pour accepter, tapez ${yes}. Pour continuer sans enregistrement, tapez ${no}.`,
    goodbye: 'Au revoir.',
  },
  es: {
    welcome: 'Gracias por su llamada. Un momento, por favor.',
    please: 'Elija una opción, por favor.',
    again: 'Lo siento, no le he entendido.',
    next: 'Usted es el siguiente.',
    place: (position) => `Usted es el número ${position} en la cola.`,
    about: (minutes) =>
      minutes === 1 ? 'La espera suele ser de un minuto.' : `La espera suele ser de unos ${minutes} minutos.`,
    between: (from, to) => `La espera suele ser de ${from} a ${to} minutos.`,
    callback: (key) => `Para colgar y que le llamemos en su turno, pulse ${key}.`,
    message: (key) => `Para dejar un mensaje, pulse ${key}.`,
    callbackTaken: 'Conserva su lugar. Le llamaremos en cuanto sea su turno. Adiós.',
    voicemail: 'Deje su mensaje después de la señal, por favor.',
    closed: 'En este momento estamos cerrados.',
    thanks: 'Gracias. Nos pondremos en contacto con usted. Adiós.',
    connecting: 'Le estamos conectando.',
    recorded: 'Esta llamada se graba.',
    transcribed: 'Esta llamada se graba y se transcribe.',
    mayRecord: '¿Podemos grabar esta llamada?',
    mayTranscribe: '¿Podemos grabar y transcribir esta llamada?',
    agree: (yes, no) => `Para aceptar, pulse ${yes}. Para seguir sin grabación, pulse ${no}.`,
    goodbye: 'Adiós.',
  },
};

/** The place in the queue and the time that it usually takes from there. */
export function waitWords(language: MenuLanguage, { position, range }: ExpectedWait): string {
  const say = words[language];
  const place = position === 1 ? say.next : say.place(position);
  if (range === null) return place;
  const from = Math.max(1, Math.floor(range.fromSeconds / 60));
  const to = Math.max(from, Math.ceil(range.toSeconds / 60));
  return `${place} ${from === to ? say.about(to) : say.between(from, to)}`;
}
