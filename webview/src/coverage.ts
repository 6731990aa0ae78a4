import type { Coverage } from '#protocol/webview.ts';
import type { Scene } from './scene.ts';

/** Lays the coverage of a test run over a picture: what no test came through is struck by a dashed outline. */
export function showCoverage({ picture, parts, edges }: Scene, coverage: Coverage | undefined): void {
  const { classList } = picture.layers.ground;
  if (!coverage && !classList.contains('has-coverage')) return;
  classList.toggle('has-coverage', coverage !== undefined);
  for (const [id, { shape }] of parts) shape.classList.toggle('is-covered', (coverage?.states[id] ?? 0) > 0);
  for (const [id, elements] of edges)
    for (const element of elements)
      if (element instanceof SVGPathElement)
        element.classList.toggle('is-covered', (coverage?.taken[id] ?? 0) > 0);
}
