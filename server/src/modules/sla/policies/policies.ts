import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PolicySettings, PolicyView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Bus } from '../../../platform/bus/bus.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import type { Page } from '../../../platform/database/page.ts';
import { SharedCopy } from '../../../platform/database/shared-copy.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { BUS, CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { policyView, type StoredPolicy } from './policy.schema.ts';

const MOST = 500;

/** All policies in their order: few, and asked with every change that moves a clock, so each process keeps them in memory. */
@Injectable()
export class Policies implements OnModuleInit {
  private readonly copy: SharedCopy<readonly StoredPolicy[]>;

  constructor(
    @Inject('policies') private readonly policies: Model<StoredPolicy>,
    @Inject(BUS) bus: Bus,
    @Inject(CLOCK) clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {
    this.copy = new SharedCopy('policies', () => this.load(), bus, clock);
  }

  onModuleInit(): Promise<void> {
    return this.copy.follow();
  }

  /** The first one first. */
  all(): Promise<readonly StoredPolicy[]> {
    return this.copy.read();
  }

  async byId(id: string): Promise<StoredPolicy | null> {
    return (await this.all()).find(({ _id }) => _id === id) ?? null;
  }

  /** The cursor is the last one's id; one that has gone meanwhile ends the list. */
  async page({ cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<Page<PolicyView>> {
    const all = await this.all();
    const after = cursor === undefined ? -1 : all.findIndex(({ _id }) => _id === cursor);
    if (cursor !== undefined && after < 0) return { items: [], next: null };
    const items = all.slice(after + 1, after + 1 + limit);
    const more = all.length > after + 1 + items.length;
    return { items: items.map(policyView), next: more ? (items.at(-1)?._id ?? null) : null };
  }

  /** Before all others; `position` puts it elsewhere. */
  async add(settings: PolicySettings, position?: number): Promise<PolicyView> {
    const all = await this.all();
    if (all.length >= MOST) throw new HubError('conflict', `There are at most ${MOST} policies`);
    const first = position ?? (all[0]?.position ?? 1) - 1;
    const policy = { _id: this.newId(), ...settings, nameKey: keyOf(settings.name), position: first };
    await this.unlessTaken(settings.name, () => this.policies.create(policy));
    await this.copy.changed();
    return policyView(policy);
  }

  async change(id: string, wanted: Partial<PolicySettings>): Promise<PolicyView> {
    const $set = wanted.name === undefined ? wanted : { ...wanted, nameKey: keyOf(wanted.name) };
    const changed = await this.unlessTaken(wanted.name, () =>
      this.policies.findOneAndUpdate({ _id: id }, { $set }, { returnDocument: 'after' }).lean<StoredPolicy>(),
    );
    if (changed === null) throw noSuch();
    await this.copy.changed();
    return policyView(changed);
  }

  async remove(id: string): Promise<void> {
    const { deletedCount } = await this.policies.deleteOne({ _id: id });
    if (deletedCount === 0) throw noSuch();
    await this.copy.changed();
  }

  /** Refused where somebody has made or deleted one in the meantime: the order would be of other policies. */
  async order(ids: readonly string[]): Promise<void> {
    await this.copy.changed();
    const known = new Set((await this.all()).map(({ _id }) => _id));
    const same = ids.length === known.size && new Set(ids).size === ids.length && ids.every((id) => known.has(id));
    if (!same)
      throw new HubError('conflict', 'The policies have changed meanwhile: look at them again, then order them');
    for (const [position, _id] of ids.entries()) await this.policies.updateOne({ _id }, { $set: { position } });
    await this.copy.changed();
  }

  private async load(): Promise<readonly StoredPolicy[]> {
    const all = await this.policies.find({}).sort({ _id: 1 }).lean<StoredPolicy[]>();
    return all.sort((one, other) => one.position - other.position);
  }

  private async unlessTaken<T>(name: string | undefined, write: () => PromiseLike<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isDuplicate(error, 'nameKey')) throw error;
      throw new HubError('conflict', `There is a policy ${name} already`, {
        fields: [{ path: 'name', message: 'Taken by another policy' }],
      });
    }
  }
}

const keyOf = (name: string) => name.toLowerCase();
const noSuch = () => new HubError('not-found', 'There is no such policy');
