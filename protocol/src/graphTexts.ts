import { members } from './members.ts';

/**
 * Every text that the graph's page says by itself, in English. The extension hands the page this table in the
 * user's language: each text stands in the translations as it stands here, as all texts of the client do.
 * `{0}`, `{1}` are what is filled in.
 */
export const englishTexts = {
  toolbar: {
    name: 'Graph',
    page: 'State machine graph',
    machines: 'State machine',
    unnamedMachine: 'State machine {0}',
    zoomIn: 'Zoom in (+)',
    zoomOut: 'Zoom out (-)',
    fit: 'Fit to window (0)',
    turn: 'Turn: top to bottom or left to right',
    search: 'Find a state (/)',
    more: 'More',
  },
  search: {
    field: 'Find a state',
    none: 'No state',
    place: '{0} of {1}',
  },
  menu: {
    goTo: 'Go to State',
    rename: 'Rename…',
    copyName: 'Copy Name',
    setBreakpoint: 'Set Breakpoint',
    removeBreakpoint: 'Remove Breakpoint',
    setNextState: 'Set Next State',
    runFromHere: 'Run from Here',
    collapse: 'Collapse',
    expand: 'Expand',
    collapseAll: 'Collapse All',
    expandAll: 'Expand All',
    saveSvg: 'Save as SVG…',
    savePng: 'Save as PNG…',
    copySvg: 'Copy as SVG',
    copyPng: 'Copy as PNG',
    copyMermaid: 'Copy as Mermaid',
    print: 'Print…',
    enterKey: 'Enter',
    spaceKey: 'Space',
  },
  notice: {
    stale: 'The last valid version is shown. Line {0}: {1}',
    failed: 'The graph could not be drawn: {0}',
    noCanvas: 'This window cannot draw pictures.',
    noCopy: 'The picture could not be copied: {0}',
  },
  time: {
    name: 'Execution',
    slider: 'Time of the execution',
    back: 'One step back',
    forward: 'One step forward',
    clear: 'Hide the execution',
    legend: 'Legend',
    step: 'step {0} of {1}, {2}',
    iterationOf: 'Iteration of {0}',
    allIterations: '{0}: all {1}',
    iteration: '{0}: {1}',
  },
  /** How an execution stands, by `ExecutionView.status`. */
  executions: {
    running: 'running',
    stopped: 'stopped',
    succeeded: 'succeeded',
    failed: 'failed',
    timedOut: 'timed out',
    aborted: 'aborted',
  },
  /** What is said when an execution ends, by `ExecutionView.status`. */
  endings: {
    succeeded: 'Execution succeeded',
    failed: 'Execution failed',
    timedOut: 'Execution timed out',
    aborted: 'Execution aborted',
  },
  /** What became of a state, by `StateView.status`. */
  statuses: {
    running: 'running',
    waiting: 'waiting',
    retrying: 'retrying',
    succeeded: 'succeeded',
    caught: 'error caught',
    failed: 'failed',
    aborted: 'aborted',
  },
  /** The stages of a state that are no field of it, by `CurrentPlace.stage`. */
  stages: {
    choice: 'its rules',
    wait: 'its wait',
    fail: 'its error',
    task: 'its task',
    parallel: 'its branches',
    map: 'its iterations',
    iterations: 'its iterations',
    result: 'its result',
    catch: 'its Catcher',
    output: 'its output',
  },
  /** What a screen reader says, and what the hover shows of an execution and of transitions. */
  spoken: {
    place: '{0} of {1}',
    ends: 'ends the execution',
    next: 'next {0}',
    onError: 'on {0} {1}',
    ifTrue: 'if {0} {1}',
    otherwise: 'otherwise {0}',
    retries: 'retries: {0}',
    breakpoint: 'breakpoint',
    error: 'error: {0}',
    warning: 'warning: {0}',
    information: 'information: {0}',
    withError: '{0}: {1}',
    entered: 'entered {0} times',
    retriedOnce: '1 retry',
    retried: '{0} retries',
    iterationsDone: '{0} of {1} iterations done',
    iterationsFailed: '{0} failed',
    took: 'took {0}',
    stoppedBefore: 'Stopped before {0}',
    stoppedAt: 'Stopped at {0} of {1}',
  },
  hover: {
    onError: 'on {0}',
    ifTrue: 'if {0}',
    otherwise: 'otherwise',
    next: 'next',
  },
} as const;

/** The same texts in some language. */
export type GraphTexts = {
  readonly [Group in keyof typeof englishTexts]: Readonly<Record<keyof (typeof englishTexts)[Group], string>>;
};

/** The table with each text translated. */
export function translatedTexts(translate: (text: string) => string): GraphTexts {
  return mapped((_group, _name, text) => translate(text));
}

/** Reads the table that the extension has put into the page; English stands for what it lacks. */
export function readGraphTexts(value: unknown): GraphTexts {
  return mapped((group, name, english) => {
    const text = members(members(value)[group])[name];
    return typeof text === 'string' ? text : english;
  });
}

/** Puts values in the places of a text: `{0}`, `{1}`. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}

function mapped(map: (group: string, name: string, english: string) => string): GraphTexts {
  const groups = Object.entries(englishTexts).map(([group, texts]) => [
    group,
    Object.fromEntries(Object.entries(texts).map(([name, english]) => [name, map(group, name, english)])),
  ]);
  // The groups and names are those of `englishTexts`.
  return Object.fromEntries(groups) as GraphTexts;
}
