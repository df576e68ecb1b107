/** `fr;q=0.8, de-AT` is German, then French. https://www.rfc-editor.org/rfc/rfc9110#name-accept-language */
export const wantedFirst = (header: string): string[] =>
  header
    .slice(0, 1000)
    .split(',')
    .map((one) => {
      const [language = '', weight] = one.split(';');
      return { language: language.trim(), weight: Number(/^\s*q=([\d.]+)/.exec(weight ?? '')?.[1] ?? 1) };
    })
    .filter(({ language, weight }) => language !== '' && language !== '*' && weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ language }) => language);
