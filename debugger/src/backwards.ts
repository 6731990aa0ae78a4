import type { Strand, StrandPath } from '#interpreter/snapshot.ts';
import type { Recording } from './recording.ts';
import { isWithin } from './stepping.ts';
import { outerPath, strandAt } from './strands.ts';

/** Where a step back leads. */
export interface Back {
  readonly position: number;
  readonly strand: StrandPath;
}

/**
 * The moment before the strand's state was entered, or when it stands there already, that of the state
 * before it; nothing at the beginning. A branch or iteration that begins goes back to the state around it.
 */
export function previousState(recording: Recording, path: StrandPath): Back | undefined {
  return earlier(recording, path, strand => strand.stage === 0);
}

/** The moment before the strand's last stage was performed; nothing at the beginning. */
export function previousStage(recording: Recording, path: StrandPath): Back | undefined {
  return earlier(recording, path, () => true);
}

/** The newest moment before the present one at which the strand was ready for a stage of its own that is meant. */
function earlier(
  recording: Recording,
  path: StrandPath,
  isMeant: (strand: Strand) => boolean,
): Back | undefined {
  for (let position = recording.position - 1, own = path; position >= 0; position--) {
    const entry = recording.at(position + 1);
    if (entry.kind !== 'stepped') continue;
    const mover = entry.step.strand;
    if (mover !== own && !isWithin(own, mover)) continue;
    const snapshot = recording.snapshotAt(position);
    // Before it began, the strand's past is that of the one around it.
    while (!strandAt(snapshot, own)) {
      const outer = outerPath(own);
      if (outer === undefined) break;
      own = outer;
    }
    if (mover !== own) continue;
    const strand = strandAt(snapshot, own);
    if (strand && isMeant(strand)) return { position, strand: own };
  }
  return undefined;
}
