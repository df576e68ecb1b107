import type { Story } from './story.ts';

const anywhere = [
  ...(['chat', 'mail', 'sms', 'telegram', 'whatsapp'] as const),
  ...(['messenger', 'instagram', 'slack', 'form', 'app'] as const),
];
const written = ['chat', 'mail', 'form'] as const;
const orders = 'Orders & parcels';
const billing = 'Billing';
const returns = 'Returns';

/** What a small garden shop is asked about. */
export const stories: readonly Story[] = [
  {
    subject: 'Where is my parcel {order}?',
    queue: orders,
    tags: ['parcel', 'delay'],
    on: anywhere,
    turns: [
      'Hi, my order {order} was due on {day} and has not arrived. Can you see where it is?',
      'Hello {first}, I am sorry for the wait. It left us on time and has been at the depot in {city} since yesterday. I have asked the carrier to bring it next.',
      'Thank you. Will it come before the weekend?',
      'Yes: it is on tomorrow’s tour, between 9 and 13 o’clock. You will get a message when the driver is near.',
      'Perfect, thanks for looking so quickly!',
    ],
    note: 'Carrier confirmed by phone: parcel was sorted to the wrong tour.',
  },
  {
    subject: 'Pot arrived broken',
    queue: returns,
    tags: ['damaged', 'replacement'],
    on: anywhere,
    file: 'photo',
    turns: [
      'My {item} from order {order} arrived cracked today. I have put a photo with this.',
      'Oh no, that should not happen. Thank you for the photo, {first}. Shall we send you a new one or give your money back?',
      'A new one please. Do I have to send the broken one back?',
      'No need, please keep the pieces for drainage. Your replacement leaves tomorrow.',
      'Wonderful, thank you!',
    ],
  },
  {
    subject: 'Invoice for order {order}',
    queue: billing,
    tags: ['invoice'],
    on: written,
    turns: [
      'Good morning, I need an invoice with our company’s address for order {order}: Hofgarten GmbH, Lindenallee 4, 20095 Hamburg. Thank you, {name}',
      'Good morning {first}, gladly. I have changed the address; the new invoice {invoice} is in your account under Orders.',
      'Got it, thank you. Could all our orders carry this address from now on?',
      'Done: it is your default billing address now.',
    ],
  },
  {
    subject: 'Charged twice?',
    queue: billing,
    tags: ['payment'],
    on: anywhere,
    turns: [
      'I see two charges of {euro} for {order} on my card. I only ordered once.',
      'Hello {first}, I see it: one of them is only reserved and not booked. Your bank releases it within three days.',
      'OK, and if it does not?',
      'Then write to me here with the date of the booking and we pay it back the same day.',
      'That is fair. Thanks.',
    ],
    note: 'Second authorisation voided with the payment provider, reference {invoice}.',
  },
  {
    subject: 'Returning a {item}',
    queue: returns,
    tags: ['return'],
    on: anywhere,
    turns: [
      'Hello! The {item} is bigger than I thought. How do I send it back?',
      'Hello {first}, you have 30 days. I have sent you a label by e-mail: stick it on and drop the parcel at any shop of the carrier.',
      'Do I have to pay for the label?',
      'No, returns are free.',
      'Great, I will bring it tomorrow.',
    ],
  },
  {
    subject: 'Refund for {order}',
    queue: billing,
    tags: ['refund'],
    on: anywhere,
    turns: [
      'I sent order {order} back last week. When will I see the money?',
      'It arrived here on {day}, {first}. The refund of {euro} went out this morning, it takes two to three days.',
      'Thank you, I will keep an eye on it.',
    ],
  },
  {
    subject: 'Change of address',
    queue: orders,
    tags: ['address'],
    on: anywhere,
    turns: [
      'Can I still change the address of {order}? We have just moved within {city}.',
      'If it has not left yet, yes. What is the new address?',
      '12 Orchard Lane, second floor. The postcode stays the same.',
      'Changed. You get a new confirmation in a minute.',
      'Got it, thank you so much.',
    ],
  },
  {
    subject: 'Is the {item} back in stock soon?',
    queue: orders,
    tags: ['stock'],
    on: anywhere,
    turns: [
      'Hi there, when will the {item} be available again?',
      'We expect it in the second half of next week. Shall I put one aside for you?',
      'Yes please, two if possible!',
      'Two are reserved under your name, {first}. You get an e-mail as soon as they are here.',
      'You are the best.',
    ],
  },
  {
    subject: 'Spare blade for pruning shears',
    queue: orders,
    tags: ['spare part'],
    on: written,
    file: 'photo',
    turns: [
      'Do you have a spare blade for these shears? They are about six years old. A photo is attached.',
      'We do: that is model P2. The blade is € 9.80 with a spring. Shall I make you an order?',
      'Yes please, to the same address as last time.',
      'Ordered as {order}. It leaves today.',
    ],
  },
  {
    subject: 'Question about invoice {invoice}',
    queue: billing,
    tags: ['invoice', 'vat'],
    on: ['mail'],
    file: 'invoice',
    turns: [
      'Dear team,\n\ninvoice {invoice} (attached) shows 19 % VAT on seeds. Should that not be 7 %?\n\nKind regards\n{name}',
      'Dear {first},\n\nyou are right, seeds are taxed at 7 %. I have corrected the invoice and the difference is on its way to you.\n\nThank you for looking so closely.',
      'Thank you for the quick correction.\n\n{name}',
    ],
    note: 'Tax class of article group “seeds” was wrong in the shop. Told the shop team.',
  },
  {
    subject: 'Gift voucher does not work',
    queue: billing,
    tags: ['voucher'],
    on: anywhere,
    turns: [
      'The shop says my voucher is not valid, but it was a present from last month!',
      'Let me look. Could you tell me the last four digits?',
      '7F2K',
      'Found it: it was issued with a wrong date. It works now, until the end of next year.',
      'It works! Thanks a lot.',
    ],
  },
  {
    subject: 'Wrong item in the parcel',
    queue: returns,
    tags: ['wrong item', 'replacement'],
    on: anywhere,
    file: 'photo',
    turns: [
      'I ordered a {item} and got something else. Order {order}, photo attached.',
      'That went wrong in our packing, I am sorry. The right one leaves today; a label for the other one is in your mail.',
      'Thanks. No hurry with the label, I am away until {day}.',
      'Take your time, it is valid for four weeks.',
    ],
  },
  {
    subject: 'Delivery to a parcel shop',
    queue: orders,
    tags: ['address'],
    on: ['chat', 'sms'],
    turns: [
      'Can you deliver {order} to a parcel shop? Nobody is at home on {day}.',
      'Yes. The nearest one is at the station in {city}, open until 20:00. Is that good for you?',
      'Yes, perfect.',
      'Changed. You get a code when it is there.',
      'Thx!',
    ],
  },
  {
    subject: 'How often should I water lavender?',
    queue: orders,
    tags: ['advice'],
    on: ['chat', 'sms'],
    turns: [
      'Quick question: how often do I water the lavender you sent?',
      'In a pot about once a week, {first}, and only when the top of the soil is dry. It likes it poor and sunny.',
      'And in winter?',
      'Hardly at all: once a month, on a frost-free day.',
      'Great advice, thank you 🌿',
    ],
  },
  {
    subject: 'Lieferung {order} unvollständig',
    queue: orders,
    tags: ['parcel', 'german'],
    language: 'de',
    on: written,
    turns: [
      'Guten Tag, in meiner Lieferung {order} fehlt ein Artikel. Kommt der noch?',
      'Guten Tag {name}, der Artikel kommt in einem zweiten Paket, morgen oder übermorgen.',
      'Alles klar, vielen Dank!',
    ],
  },
  {
    subject: 'Retour de ma commande {order}',
    queue: returns,
    tags: ['return', 'french'],
    language: 'fr',
    on: written,
    turns: [
      'Bonjour, je voudrais retourner un article de la commande {order}. Comment faire ?',
      'Bonjour {first}, je viens de vous envoyer une étiquette par e-mail. Le retour est gratuit.',
      'Merci beaucoup, bonne journée !',
    ],
  },
  {
    subject: 'Thank you!',
    queue: orders,
    tags: ['praise'],
    on: anywhere,
    turns: [
      'Just wanted to say: the {item} is lovely and came so well packed. Thank you!',
      'That makes our day, {first}. Thank you for telling us!',
    ],
  },
];

/** Of who leaves before anybody has answered. */
export const farewell = 'Never mind, I can’t wait any longer.';

/** What comes to mind after all was settled, and what is said to it. */
export const afterthoughts: readonly (readonly [said: string, answer: string])[] = [
  [
    'One more thing: could you send me that by e-mail as well?',
    'Of course, it is on its way to the address that we have.',
  ],
  ['Sorry, me again: the link in your mail does not open.', 'That was ours, sorry: I have just sent you a new one.'],
  ['It is still not there. Could you look again?', 'I have asked again and put a mark on it: you hear from us today.'],
];
