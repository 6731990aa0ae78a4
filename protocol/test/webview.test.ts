import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFromPage, readToPage } from '#protocol/webview.ts';

describe('messages between the extension and the page', () => {
  test.each([
    [{ type: 'ready' }],
    [{ type: 'drawn', sequence: 1, milliseconds: 2 }],
    [{ type: 'failed', sequence: 1, message: 'no' }],
    [{ type: 'reveal', state: '/States/A', beside: true }],
    [{ type: 'command', command: 'rename', state: '/States/A' }],
    [{ type: 'layout', layout: { machine: 0, direction: 'LR', collapsed: ['/States/A'] } }],
    [{ type: 'seek', position: 3 }],
    [{ type: 'iteration', state: '/States/A', index: 2 }],
    [{ type: 'iteration', state: '/States/A', index: undefined }],
    [{ type: 'clearExecution' }],
    [{ type: 'layout', layout: { machine: 0, direction: 'LR' } }],
    [{ type: 'export', format: 'svg', content: '<svg/>' }],
    [{ type: 'savePng', width: 300, height: 200.5 }],
    [{ type: 'copy', format: 'svg', content: '<svg/>' }],
    [{ type: 'copy', format: 'mermaid', content: '' }],
  ])('from the page: %j', message => {
    expect(readFromPage(message)).toEqual(message);
  });

  test.each([
    [{ type: 'stale', line: 3, message: 'Comma expected.' }],
    [{ type: 'empty', message: 'Nothing.' }],
    [{ type: 'cursor', state: undefined }],
    [{ type: 'breakpoints', states: ['/States/A'] }],
    [{ type: 'coverage', coverage: undefined }],
    [{ type: 'coverage', coverage: { states: { '/States/A': 2 }, taken: {} } }],
    [
      {
        type: 'execution',
        source: 'live',
        view: {
          sequence: 1,
          states: { '/States/A': { status: 'running', entered: 1, attempts: 1 } },
          taken: {},
          status: 'running',
        },
      },
    ],
    [
      {
        type: 'drawing',
        sequence: 1,
        uri: 'file:///a',
        title: 'a',
        drawing: {
          text: '',
          nodes: [{ id: '#start', name: 'n0', kind: 'start', title: 'start', details: [] }],
          edges: [{ id: 'e', name: 'e0', from: 'a', to: 'b', kind: 'next', label: '', description: '' }],
          collapsed: [],
          states: 0,
        },
        layout: { machine: 0, direction: 'TB', collapsed: [] },
        machines: [''],
        note: '',
      },
    ],
  ])('to the page: %j', message => {
    expect(readToPage(message)).toEqual(message);
  });

  test.each([
    [{ type: 'drawn', sequence: '1', milliseconds: 2 }],
    [{ type: 'reveal', state: 7 }],
    [{ type: 'command', command: 'format', state: '/States/A' }],
    [{ type: 'layout', layout: { machine: 0, direction: 'UP', collapsed: [] } }],
    [
      {
        type: 'execution',
        source: 'live',
        view: { sequence: 1, states: { a: { status: 'burning', entered: 1 } }, taken: {}, status: 'running' },
      },
    ],
    [{ type: 'drawing', sequence: 1, drawing: { text: 7 } }],
    [
      {
        type: 'drawing',
        sequence: 1,
        drawing: { text: '', nodes: [{ id: 'a' }], edges: [], collapsed: [] },
        layout: { machine: 0, direction: 'TB' },
      },
    ],
    [{ type: 'iteration', state: '/States/A', index: '2' }],
  ])('of the wrong shape gives nothing: %j', message => {
    expect([readFromPage(message), readToPage(message)]).toEqual([undefined, undefined]);
  });

  test('anything at all is answered without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        readFromPage(value);
        readToPage(value);
      }),
    );
  });
});
