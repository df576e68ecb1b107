import { expect, it } from '@jest/globals';
import { readMail } from '../read-mail.ts';
import { bounceEvents } from './bounce-events.ts';

const aReport = (id: string, recipient: string) =>
  readMail(
    Buffer.from(
      `From: mailer-daemon@mail.example
Message-ID: <${id}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ${recipient}
Action: failed
Status: 5.1.1

--x--
`.replaceAll('\n', '\r\n'),
    ),
  );

it('keeps its key within the limit, still one for each recipient, however long id and address are', async () => {
  const id = `${'i'.repeat(980)}@mail.example`;
  const keysOf = async (recipient: string) =>
    bounceEvents({ mail: await aReport(id, recipient), receivedAt: new Date() } as never).map((one) => one.dedupeKey);
  const [one, again, other] = [
    await keysOf('jane@example.com'),
    await keysOf('jane@example.com'),
    await keysOf('tom@example.com'),
  ];
  expect(one).toHaveLength(1);
  expect(one[0]?.length).toBeLessThanOrEqual(1000);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
