interface Due<T> {
  readonly at: number;
  readonly order: number;
  readonly what: T;
}

/** What is to happen, the earliest first; of one time, what was entered first. A binary heap. */
export class Agenda<T> {
  private readonly heap: Due<T>[] = [];
  private entered = 0;

  add(at: number, what: T): void {
    const due = { at, order: this.entered++, what };
    let place = this.heap.push(due) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.heap[parent] as Due<T>;
      if (!isBefore(due, above)) break;
      this.heap[place] = above;
      place = parent;
    }
    this.heap[place] = due;
  }

  next(): { readonly at: number; readonly what: T } | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const [one, other] = [this.heap[child], this.heap[child + 1]];
      if (one === undefined) break;
      if (other !== undefined && isBefore(other, one)) child += 1;
      const least = this.heap[child] as Due<T>;
      if (!isBefore(least, last)) break;
      this.heap[place] = least;
      place = child;
    }
    this.heap[place] = last;
    return first;
  }
}

const isBefore = <T>(a: Due<T>, b: Due<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
