import type { Value } from './value.ts';

/** A variable with its value, and those bound before it in the same frame. */
export interface Binding {
  readonly name: string;
  value: Value;
  readonly next: Binding | undefined;
}

/** The variables of a block, a function call or a tuple, inside those around it. */
export class Frame {
  readonly parent: Frame | undefined;
  private first: Binding | undefined;
  /** How many bindings belong to someone else (a tuple) and must not change. */
  private readonly shared: Binding | undefined;

  constructor(parent: Frame | undefined, shared?: Binding) {
    this.parent = parent;
    this.first = shared;
    this.shared = shared;
  }

  bind(name: string, value: Value): void {
    for (let binding = this.first; binding !== this.shared && binding !== undefined; binding = binding.next) {
      if (binding.name === name) {
        binding.value = value;
        return;
      }
    }
    this.first = { name, value, next: this.first };
  }

  /** The nearest binding of a name: its value may be nothing and still hides outer ones. */
  find(name: string): Binding | undefined {
    for (let binding = this.first; binding !== undefined; binding = binding.next) {
      if (binding.name === name) return binding;
    }
    return undefined;
  }
}

export function findBinding(frame: Frame | undefined, name: string): Binding | undefined {
  for (let current = frame; current !== undefined; current = current.parent) {
    const binding = current.find(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}
