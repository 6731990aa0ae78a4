import type { DrawnNode } from '#protocol/graph.ts';
import type { Box } from './badges.ts';
import { svgElement } from './elements.ts';

/*
 * Pictures of state types and services: strokes on a grid of 16, drawn for this page.
 */
const task = 'M3 4.5h10v7H3zM6 7.5l2 1.5-2 1.5M9 10.5h2';
const cube = 'M8 2l5 2.8v6.4L8 14l-5-2.8V4.8zM3 4.8L8 7.6l5-2.8M8 7.6V14';
const machine = 'M6 2.5h4v3H6zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM8 5.5v2.5M4.5 10.5V8h7v2.5';
const event = 'M8 2v12M2.8 5l10.4 6M13.2 5L2.8 11';
const table =
  'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2';
const bucket =
  'M3 4c0-.8 2.2-1.5 5-1.5s5 .7 5 1.5-2.2 1.5-5 1.5S3 4.8 3 4zM3 4l1.3 8.5c.2.7 1.8 1.2 3.7 1.2s3.5-.5 3.7-1.2L13 4';
const bell = 'M4 11V7.5a4 4 0 0 1 8 0V11l1.2 1.5H2.8zM6.5 14h3';
const queue = 'M2.5 5h3v6h-3zM6.5 5h3v6h-3zM10.5 5h3v6h-3z';
const globe =
  'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM2 8h12M8 2c2 1.7 3 3.7 3 6s-1 4.3-3 6c-2-1.7-3-3.7-3-6s1-4.3 3-6z';
const spark = 'M8 2l1.5 4.5L14 8l-4.5 1.5L8 14l-1.5-4.5L2 8l4.5-1.5z';
const gears =
  'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5zM8 2v2M8 12v2M2 8h2M12 8h2M3.8 3.8l1.4 1.4M10.8 10.8l1.4 1.4M12.2 3.8l-1.4 1.4M5.2 10.8l-1.4 1.4';
const person = 'M8 2.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 1 0 0-5zM3 14c0-3 2.2-5 5-5s5 2 5 5';

const icons: Readonly<Record<string, string>> = {
  Task: task,
  Choice: 'M8 2l6 6-6 6-6-6zM6.5 6.8a1.5 1.5 0 1 1 2.2 1.3c-.5.3-.7.6-.7 1.1M8 10.8v.2',
  Parallel: 'M8 2v3M3 9V7.5C3 6.2 4 5 5.5 5h5C12 5 13 6.2 13 7.5V9M8 5v4M3 9v5M8 9v5M13 9v5',
  Map: 'M5.5 5.5h8v8h-8zM3.8 11H2.5V2.5H11v1.3M8 9.5h3M9.5 8v3',
  Wait: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 4.8V8l2.3 1.5',
  Pass: 'M2.5 8h10M9 4.5L12.5 8 9 11.5',
  Succeed: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM5.2 8.2l2 2 3.6-4.2',
  Fail: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  missing: 'M6 6a2 2 0 1 1 3 1.7c-.7.5-1 .9-1 1.8M8 12v.2',
  Unknown: 'M6 6a2 2 0 1 1 3 1.7c-.7.5-1 .9-1 1.8M8 12v.2',
  lambda: 'M3.5 2.5h2.2L11.5 13.5H13M7.2 6.2L3 13.5',
  activity: person,
  dynamodb: table,
  rds: table,
  rdsdata: table,
  redshiftdata: table,
  s3: bucket,
  sns: bell,
  ses: bell,
  sesv2: bell,
  sqs: queue,
  kinesis: queue,
  firehose: queue,
  events: event,
  eventbridge: event,
  states: machine,
  sfn: machine,
  http: globe,
  apigateway: globe,
  bedrock: spark,
  bedrockruntime: spark,
  sagemaker: spark,
  comprehend: spark,
  rekognition: spark,
  textract: spark,
  ecs: cube,
  eks: cube,
  batch: cube,
  ec2: cube,
  codebuild: cube,
  glue: gears,
  athena: gears,
  elasticmapreduce: gears,
};

/** Draws the picture of a state into its box, left of the label, or into the corner of a container. */
export function drawIcon(group: SVGGElement, node: DrawnNode, { width, height }: Box): void {
  if (node.icon === undefined) return;
  const path = icons[node.icon] ?? icons['Task'] ?? '';
  const shape = group.querySelector(':scope > rect');
  const x = Number(shape?.getAttribute('x') ?? -width / 2);
  const y = Number(shape?.getAttribute('y') ?? -height / 2);
  const icon = svgElement('g', 'icon');
  const isContainer = node.kind === 'container';
  icon.setAttribute('transform', `translate(${x + 9} ${isContainer ? y + 9 : y + height / 2 - 13})`);
  const tile = svgElement('rect', 'tile');
  for (const [name, value] of [
    ['width', 26],
    ['height', 26],
    ['rx', 6],
  ] as const)
    tile.setAttribute(name, String(value));
  const strokes = svgElement('path', 'strokes');
  strokes.setAttribute('d', path);
  strokes.setAttribute('transform', 'translate(5 5)');
  icon.append(tile, strokes);
  group.append(icon);
  if (isContainer)
    group.querySelector(':scope > .cluster-label')?.setAttribute('transform', `translate(${x + 9} ${y + 5})`);
}
