import type { LabQueue } from './scene.ts';

/** When which queue is open. */
export class Doors {
  private readonly queues: ReadonlyMap<string, LabQueue>;

  constructor(queues: readonly LabQueue[]) {
    this.queues = new Map(queues.map((queue) => [queue.id, queue]));
  }

  /** The instants at which one opens or closes. */
  get changes(): number[] {
    return [...new Set([...this.queues.values()].flatMap(({ open }) => (open ?? []).flat()))];
  }

  /** One that is not there is closed, too. */
  isClosed(queueId: string, now: number): boolean {
    const queue = this.queues.get(queueId);
    if (queue === undefined) return true;
    return queue.open !== null && !queue.open.some(([from, to]) => from <= now && now < to);
  }

  /** Of one that helps another: closed, and not working in spite of it. */
  helpsNot(queueId: string, now: number): boolean {
    return this.isClosed(queueId, now) && this.queues.get(queueId)?.routing.hours.whenClosed !== 'route';
  }
}
