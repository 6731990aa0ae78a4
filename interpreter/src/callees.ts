import type { MachineAnalysis } from '#core/analysis/analysis.ts';
import { mockedName } from '#core/mocking/mockedName.ts';
import { child, type Pointer } from '#core/model/pointer.ts';
import type { State } from '#core/model/stateMachine.ts';
import { propertyOf, valueOf, type SyntaxNode } from '#core/syntax/node.ts';
import { say, type Message } from '#core/text/message.ts';
import { prepareMachine, type Prepared, type Runnable, type TextFile } from './prepare.ts';
import { isExecutionStart, resourceOf } from './resource.ts';

/** A machine that is ready to run, before it is put together with others. */
export interface Part extends Runnable {
  readonly path: string;
  /** Which one of a template, where it was named. */
  readonly stateMachine: string | undefined;
}

/** How mock files and ARNs call a machine. */
export function nameOf({ path, stateMachine, machine }: Part): string {
  return mockedName(path, stateMachine ?? machine.site.name);
}

/** The machines that tasks of a machine can start, and what their tasks call them. */
export interface Callees {
  readonly parts: readonly Part[];
  /** Which part is meant by an ARN, a name, or what a template puts in its place. */
  readonly arns: ReadonlyMap<string, Part>;
  /** Why definitions that lie where a machine is looked for cannot run: the tasks that start them are as any other. */
  readonly unfit: readonly Message[];
}

/** Paths of definitions by what ARNs call them. */
export interface KnownMachines {
  /** Those that the user names: each must be there. `FILE#Name` is one of a template. */
  readonly named: Readonly<Record<string, string>>;
  /** Where the user names them, as a refusal calls it. */
  readonly namedIn: string;
  /** By their files' names, all that are at hand: read only where a task starts them. */
  readonly inWorkspace: Readonly<Record<string, string>>;
}

/** Gives the text of a file; rejects where it cannot be read. */
export type ReadFile = (path: string) => Promise<string>;

/**
 * Finds the machines that `startExecution` starts: those that the user names; those of the same template;
 * files beside the one that starts them, called as the machine is; and such files anywhere in the
 * workspace. What is not found stays a task like any other; only what the user names is refused.
 */
export async function findCallees(
  main: Part,
  { named, namedIn, inWorkspace }: KnownMachines,
  read: ReadFile,
): Promise<Prepared<Callees>> {
  const finder = new Finder(main, inWorkspace, read);
  for (const [name, path] of Object.entries(named)) {
    const part = await finder.named(path, namedIn);
    if (!('program' in part)) return { kind: 'refused', reason: part };
    finder.arns.set(name, part);
    finder.arns.set(nameIn(name), part);
  }
  for (const part of finder.all) await finder.look(part);
  return {
    kind: 'ready',
    value: { parts: finder.all.slice(1), arns: finder.arns, unfit: [...finder.unfit.values()] },
  };
}

/** The name in `arn:aws:states:…:stateMachine:Name`, without version or alias; any other text is one itself. */
export function nameIn(arn: string): string {
  return /:stateMachine:([^:#]+)/.exec(arn)?.[1] ?? arn;
}

class Finder {
  readonly arns = new Map<string, Part>();
  /** Grows while it is gone through: what is found may start further machines. */
  readonly all: Part[];
  /** By file, so that each is told of once. */
  readonly unfit = new Map<string, Message>();
  readonly #inWorkspace: ReadonlyMap<string, string>;
  readonly #readFile: ReadFile;
  readonly #texts = new Map<string, Promise<string | undefined>>();

  constructor(main: Part, inWorkspace: Readonly<Record<string, string>>, read: ReadFile) {
    this.all = [main];
    this.#inWorkspace = new Map(Object.entries(inWorkspace));
    this.#readFile = read;
  }

  /** The machine in a file that the user names; or why there is none. */
  async named(reference: string, namedIn: string): Promise<Part | Message> {
    const [path = '', stateMachine] = reference.split('#');
    const text = await this.#read(path);
    if (text === undefined) return say`The state machine ${path} of ${namedIn} cannot be read.`;
    return this.#prepare({ path, text }, stateMachine);
  }

  /** Finds what the tasks of a machine start. */
  async look(part: Part): Promise<void> {
    for (const written of startedBy(part.machine)) {
      if (this.arns.has(written) || this.arns.has(nameIn(written))) continue;
      const name = nameIn(written);
      const found =
        this.#inTemplate(part, written) ?? (await this.#beside(part, name)) ?? (await this.#elsewhere(name));
      if (found) this.arns.set(written, found).set(name, found);
    }
  }

  /** A machine of the same template: by its logical id, or by the substitution that refers to it. */
  #inTemplate({ path, machine }: Part, written: string): Part | undefined {
    const { source } = machine.analysis;
    const [, placeholder = written] = /^\$\{(.+)\}$/.exec(written) ?? [];
    const substituted = machine.site.substitutions && propertyOf(machine.site.substitutions, placeholder);
    const name = (substituted?.value && referred(substituted.value)) ?? placeholder;
    const { machines } = machine.analysis;
    if (!machines.some(({ site }) => site.name === name)) return undefined;
    return this.#fit({ path, text: source.text }, name);
  }

  async #beside({ path }: Part, name: string): Promise<Part | undefined> {
    if (!/^[\w .-]+$/.test(name)) return undefined;
    for (const ending of ['asl.json', 'asl.yaml', 'asl.yml', 'asl']) {
      const part = await this.#machineIn(path.replace(/[^\\/]*$/, `${name}.${ending}`));
      if (part) return part;
    }
    return undefined;
  }

  async #elsewhere(name: string): Promise<Part | undefined> {
    const path = this.#inWorkspace.get(name);
    return path === undefined ? undefined : this.#machineIn(path);
  }

  /** The machine of a file, if there is such a file and it can run. */
  async #machineIn(path: string): Promise<Part | undefined> {
    const text = await this.#read(path);
    return text === undefined ? undefined : this.#fit({ path, text }, undefined);
  }

  /** The part, if it can run. */
  #fit(file: TextFile, stateMachine: string | undefined): Part | undefined {
    const part = this.#prepare(file, stateMachine);
    if ('program' in part) return part;
    const key = stateMachine === undefined ? file.path : `${file.path}#${stateMachine}`;
    this.unfit.set(key, say`A state machine that a task starts takes no part. ${part}`);
    return undefined;
  }

  #read(path: string): Promise<string | undefined> {
    const known = this.#texts.get(path);
    if (known) return known;
    const text = this.#readFile(path).catch(() => undefined);
    this.#texts.set(path, text);
    return text;
  }

  /** The part for a machine of a file, each only once; or why there is none. */
  #prepare(file: TextFile, stateMachine: string | undefined): Part | Message {
    const known = this.all.find(
      ({ path, machine }) => path === file.path && machine.site.name === (stateMachine ?? machine.site.name),
    );
    if (known) return known;
    const pointer = pointerOf(file.path, stateMachine);
    const prepared = prepareMachine(file, stateMachine, pointer);
    if (prepared.kind === 'refused') return prepared.reason;
    const part: Part = { path: file.path, stateMachine, ...prepared.value };
    this.all.push(part);
    return part;
  }
}

/** The same for the same machine, so that an execution goes on where it was after an edit. */
function pointerOf(path: string, stateMachine: string | undefined): Pointer {
  return child('/Machines', stateMachine === undefined ? path : `${path}#${stateMachine}`);
}

/** The `StateMachineArn`s that are written in tasks which start executions. */
function startedBy({ machine }: MachineAnalysis): readonly string[] {
  return machine.states.flatMap(state => arnIn(state) ?? []);
}

/** The `StateMachineArn` that is written in a task which starts an execution. */
export function arnIn(state: State): string | undefined {
  if (state.type !== 'Task' || !isExecutionStart(resourceOf(state.resource?.value ?? ''))) return undefined;
  const field = valueOf(state.node, state.queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters');
  const arn = field?.kind === 'object' ? valueOf(field, 'StateMachineArn') : undefined;
  if (arn?.kind === 'placeholder') return `\${${arn.name}}`;
  return arn?.kind === 'string' ? arn.value : arn && referred(arn);
}

/** The logical id in `{"Ref": "Child"}`, `{"Fn::GetAtt": ["Child", "Arn"]}`, `!Ref Child` or `!GetAtt Child.Arn`. */
function referred(node: SyntaxNode): string | undefined {
  if (node.kind === 'string') return node.value.split('.')[0];
  if (node.kind === 'array') return node.items[0] && referred(node.items[0]);
  if (node.kind === 'tag') return node.content && referred(node.content);
  if (node.kind !== 'object') return undefined;
  const value = valueOf(node, 'Ref') ?? valueOf(node, 'Fn::GetAtt');
  return value && referred(value);
}
