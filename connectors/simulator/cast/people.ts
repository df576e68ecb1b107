export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly city: string;
  readonly language: 'en' | 'de' | 'fr';
}

/** Only numbers that are kept free for fiction: nobody's phone rings. */
const fictional = {
  uk: (n: number) => `+447700900${String(100 + n)}`,
  us: (n: number) => `+1202555${String(100 + n).padStart(4, '0')}`,
  de: (n: number) => `+4917139200${String(10 + n)}`,
  fr: (n: number) => `+3363998${String(1000 + n)}`,
} as const;

const home: readonly (readonly [keyof typeof fictional, string, string])[] = [
  ['uk', 'Bristol', 'Amelia Hart, Tom Whitfield, Priya Sharma, Owen Davies, Grace Okafor, Liam Gallagher, Hannah Reid'],
  ['uk', 'Leeds', 'Isla Fraser, Jack Thornton, Zara Hussain, Ben Carter, Molly Price, Samuel Osei, Ruby Lawson'],
  ['us', 'Portland', 'Emily Sanders, Marcus Reed, Olivia Chen, Daniel Brooks, Chloe Ramirez, Noah Patel, Ava Morgan'],
  ['us', 'Boston', 'Ethan Walsh, Sofia Russo, Jordan Blake, Megan Doyle, Lucas Meyer, Nora Flynn'],
  [
    'de',
    'Hamburg',
    'Lena Hoffmann, Jürgen Krüger, Anna Schäfer, Felix Baumann, Miriam Vogel, Paul Weiß, Katrin Lorenz',
  ],
  ['fr', 'Lyon', 'Chloé Moreau, Julien Lefèvre, Camille Dubois, Hugo Bernard, Élodie Girard, Mathis Roux'],
  ['uk', 'London', 'Lucía Fernández, Álvaro Navarro, Carmen Ortega, Diego Ruiz, Elena Castillo, Pablo Serrano'],
];

const plain = (name: string): string =>
  name
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/ /g, '.');

/** The shop's customers. Their addresses are below a name that no mail ever leaves for. */
export const people: readonly Person[] = home.flatMap(([country, city, names], group) =>
  names.split(', ').map((name, index) => ({
    name,
    email: `${plain(name)}@mail.example`,
    phone: fictional[country](group * 8 + index),
    city,
    language: country === 'de' || country === 'fr' ? country : 'en',
  })),
);
