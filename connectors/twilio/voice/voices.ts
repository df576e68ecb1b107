import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

export type SayAttributes = VoiceResponse.SayAttributes;
type Language = NonNullable<SayAttributes['language']>;
type Voice = NonNullable<SayAttributes['voice']>;

/** The voice of a language, and the region that a language alone means. https://www.twilio.com/docs/voice/twiml/say/text-speech */
const voices: Partial<Record<Language, Voice>> = {
  'en-US': 'Polly.Joanna-Neural',
  'en-GB': 'Polly.Amy-Neural',
  'en-AU': 'Polly.Olivia-Neural',
  'en-IE': 'Polly.Niamh-Neural',
  'en-IN': 'Polly.Kajal-Neural',
  'en-NZ': 'Polly.Aria-Neural',
  'en-ZA': 'Polly.Ayanda-Neural',
  'de-DE': 'Polly.Vicki-Neural',
  'de-AT': 'Polly.Hannah-Neural',
  'fr-FR': 'Polly.Lea-Neural',
  'fr-BE': 'Polly.Isabelle-Neural',
  'fr-CA': 'Polly.Gabrielle-Neural',
  'es-ES': 'Polly.Lucia-Neural',
  'es-MX': 'Polly.Mia-Neural',
  'es-US': 'Polly.Lupe-Neural',
  'it-IT': 'Polly.Bianca-Neural',
  'nl-NL': 'Polly.Laura-Neural',
  'nl-BE': 'Polly.Lisa-Neural',
  'pt-BR': 'Polly.Camila-Neural',
  'pt-PT': 'Polly.Ines-Neural',
  'pl-PL': 'Polly.Ola-Neural',
  'da-DK': 'Polly.Sofie-Neural',
  'sv-SE': 'Polly.Elin-Neural',
  'nb-NO': 'Polly.Ida-Neural',
  'fi-FI': 'Polly.Suvi-Neural',
  'ca-ES': 'Polly.Arlet-Neural',
  'tr-TR': 'Polly.Burcu-Neural',
  'ja-JP': 'Polly.Takumi-Neural',
  'ko-KR': 'Polly.Seoyeon-Neural',
  'cmn-CN': 'Polly.Zhiyu-Neural',
  'ar-AE': 'Polly.Hala-Neural',
  'hi-IN': 'Polly.Kajal-Neural',
  'cs-CZ': 'Google.cs-CZ-Standard-A',
  'el-GR': 'Google.el-GR-Standard-A',
  'hu-HU': 'Google.hu-HU-Standard-A',
  'ro-RO': 'Google.ro-RO-Standard-A',
  'ru-RU': 'Google.ru-RU-Standard-A',
  'sk-SK': 'Google.sk-SK-Standard-A',
  'uk-UA': 'Google.uk-UA-Standard-A',
  'vi-VN': 'Google.vi-VN-Standard-A',
};
const known = Object.keys(voices) as Language[];
const aliases: Readonly<Record<string, Language>> = { zh: 'cmn-CN', no: 'nb-NO' };

/** How words of a language are said. One that Twilio cannot say is said by its default voice. */
export const voiceOf = (language: string): SayAttributes => {
  const wanted = language.toLowerCase();
  const [first = ''] = wanted.split('-');
  const found =
    known.find((one) => one.toLowerCase() === wanted) ??
    aliases[first] ??
    known.find((one) => one.toLowerCase().startsWith(`${first}-`));
  const voice = found && voices[found];
  return found && voice ? { language: found, voice } : {};
};

/** The language as `<Gather>` spells it: with its region, which a language alone has not. */
export const heardAs = (language: string): string => {
  if (language.includes('-')) return language;
  return voiceOf(language).language?.replace('cmn-CN', 'cmn-Hans-CN') ?? 'en-US';
};

const apologies: Readonly<Record<string, string>> = {
  en: 'We are sorry, something went wrong on our side. Please call again in a few minutes.',
  de: 'Es tut uns leid, bei uns ist etwas schiefgegangen. Bitte rufen Sie in ein paar Minuten noch einmal an.',
  fr: 'Nous sommes désolés, un problème est survenu de notre côté. Merci de rappeler dans quelques minutes.',
  es: 'Lo sentimos, algo ha fallado por nuestra parte. Vuelva a llamar dentro de unos minutos, por favor.',
  it: 'Ci dispiace, qualcosa è andato storto da parte nostra. La preghiamo di richiamare tra qualche minuto.',
  nl: 'Het spijt ons, er ging bij ons iets mis. Belt u alstublieft over een paar minuten opnieuw.',
  pt: 'Pedimos desculpa, algo correu mal do nosso lado. Volte a ligar dentro de alguns minutos, por favor.',
  pl: 'Przepraszamy, po naszej stronie coś się nie udało. Prosimy zadzwonić ponownie za kilka minut.',
};

/** What a caller hears when nobody could say what comes next. */
export const apologyIn = (language: string): { text: string; language: string } => {
  const own = apologies[language.toLowerCase().split('-')[0] ?? ''];
  return own ? { text: own, language } : { text: apologies['en'] ?? '', language: 'en-US' };
};
