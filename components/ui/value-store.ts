/** One value that changes often, for the few components that show it; the page around them is not drawn again. */
export interface ValueStore<Value> {
  get: () => Value;
  set: (value: Value) => void;
  /** Returns how to stop. */
  subscribe: (listener: () => void) => () => void;
}

export function valueStore<Value>(initial: Value): ValueStore<Value> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
