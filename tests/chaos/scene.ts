import { randomUUID } from 'node:crypto';
import { Random } from '../../connectors/simulator/random.ts';
import { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/hub.ts';
import type { Scene } from './faults.ts';
import { Agent } from './people/agent.ts';
import { Console } from './people/console.ts';
import { Mailer, Texter, type Customer } from './people/customer.ts';
import { Desk } from './people/desk.ts';
import { Story } from './people/story.ts';
import { Visitor } from './people/visitor.ts';
import type { Plan } from './plan.ts';
import type { Centre } from './world/centre.ts';

const EACH_CHANNEL = 5;

/** Everybody in a run. */
export interface Cast extends Scene {
  readonly story: Story;
  readonly customers: readonly Customer[];
  readonly agents: readonly Agent[];
  leave(): void;
}

/** Customers on all channels, spread over the hubs, and two people of ours, each with a console at another hub. */
export async function openScene(centre: Centre, plan: Plan): Promise<Cast> {
  const story = new Story();
  const urls = centre.hubs.map(({ url }) => url);
  const each = Array.from({ length: EACH_CHANNEL }, (_, index) => index);
  const random = (index: number) => new Random(plan.seed * 1000 + index);
  const visitors = each.map((index) => new Visitor(urls[index % urls.length] ?? '', centre.accounts.chat, story));
  const texters = each.map(
    (index) => new Texter(`+1555777000${index}`, centre.phones, plan.delivery, story, random(index)),
  );
  const mailers = each.map(
    (index) => new Mailer(`customer${index}@mail.example`, centre.mail, plan.delivery, story, random(index + 100)),
  );
  const sessions = [centre.admin, await aColleague(centre.admin)];
  const desks = sessions.map((session) => new Desk(urls, session));
  const consoles = desks.map((desk, index) => new Console(urls[index % urls.length] ?? '', desk));
  const agents = desks.map(
    (desk, index) => new Agent(`agent-${index + 1}`, desk, consoles[index] as Console, story, random(index + 200)),
  );
  const leave = () => {
    for (const console of consoles) console.close();
    for (const visitor of visitors) visitor.leave();
  };
  return { centre, story, visitors, consoles, agents, customers: [...visitors, ...texters, ...mailers], leave };
}

async function aColleague(admin: ApiClient): Promise<ApiClient> {
  const email = `${randomUUID().slice(0, 8)}@example.com`;
  const body = { email, name: 'Grace Hopper', role: 'supervisor' as const, queueIds: [] };
  const { link } = await admin.call('invitations.create', { body });
  const colleague = new ApiClient(admin.url);
  await colleague.call('invitations.accept', {
    params: { token: link.split('/').at(-1) ?? '' },
    body: { name: 'Grace Hopper', password: PASSWORD },
  });
  return colleague;
}
