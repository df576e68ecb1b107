/** AMQP topic patterns: `*` stands for one word, `#` for any number of words, none included. */
export function matchesTopic(pattern: string, topic: string): boolean {
  return matchesWords(pattern.split('.'), topic.split('.'));
}

function matchesWords(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') {
    return words.some((_, skipped) => matchesWords(rest, words.slice(skipped))) || matchesWords(rest, []);
  }
  if (words.length === 0) return false;
  return (first === '*' || first === words[0]) && matchesWords(rest, words.slice(1));
}
