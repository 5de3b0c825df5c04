/** A record of values that tells its listeners which of them changed. */

export class Observable<T extends object> {
  private listeners: { keys: (keyof T)[]; listen: () => void }[] = [];

  constructor(private current: T) {}

  get value(): Readonly<T> {
    return this.current;
  }

  set(patch: Partial<T>): void {
    const changed = (Object.keys(patch) as (keyof T)[]).filter((key) => this.current[key] !== patch[key]);
    if (changed.length === 0) return;
    this.current = { ...this.current, ...patch };
    for (const { keys, listen } of this.listeners) if (keys.some((key) => changed.includes(key))) listen();
  }

  /** Calls `listen` after each change of one of `keys`, once per change. */
  subscribe(keys: (keyof T)[], listen: () => void): void {
    this.listeners.push({ keys, listen });
  }
}
