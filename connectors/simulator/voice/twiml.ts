import { parseDocument } from 'htmlparser2';

/** One verb of a document: `Say`, `Gather` and so on, with what is in it. */
export interface Verb {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly verbs: readonly Verb[];
}

type Node = ReturnType<typeof parseDocument>['children'][number];

const verbsIn = (nodes: readonly Node[]): Verb[] =>
  nodes.flatMap((node) => {
    if (node.type !== 'tag') return [];
    const text = node.children.map((child) => ('data' in child ? child.data : '')).join('');
    return [{ name: node.name, attributes: node.attribs, text, verbs: verbsIn(node.children) }];
  });

/** Throws where it is no document of Twilio's language. */
export const readTwiml = (xml: string): readonly Verb[] => {
  const [root] = verbsIn(parseDocument(xml, { xmlMode: true }).children);
  if (root?.name !== 'Response') throw new Error(`no <Response>: ${xml.slice(0, 80)}`);
  return root.verbs;
};
