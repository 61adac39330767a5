'use client';

import { useSyncExternalStore } from 'react';

export interface Store<T extends object> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(listener: () => void): () => void;
}

/** A few values outside React, so that a change renders only who reads it. */
export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      const keys = Object.keys(change) as (keyof T)[];
      if (keys.every((key) => Object.is(change[key], value[key]))) return;
      value = { ...value, ...change };
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `read` should give a primitive or an object that keeps its identity. */
export function useStore<T extends object, V>(store: Store<T>, read: (value: T) => V): V {
  const snapshot = () => read(store.get());
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}
