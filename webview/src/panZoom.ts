/** Where the picture lies in the window: CSS pixels, and how much it is enlarged. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const smallestScale = 0.05;
export const largestScale = 4;
const margin = 24;
/** Above the picture, where the toolbar lies. */
const marginAbove = 52;

/** The view that shows the whole picture, never enlarged. */
export function fitted(picture: Size, space: Size): View {
  const scale = clampScale(
    Math.min(
      1,
      (space.width - 2 * margin) / picture.width,
      (space.height - margin - marginAbove) / picture.height,
    ),
  );
  return {
    scale,
    x: (space.width - picture.width * scale) / 2,
    y: Math.max(marginAbove, (space.height - picture.height * scale) / 2),
  };
}

/** Below this scale names cannot be read, not even with effort. */
const leastReadable = 0.5;
/** The scale to begin with where the picture is larger than that. */
const readable = 0.6;

/** The view to begin with: all of it where that can be read, else the surroundings of its start in a size that can. */
export function opening(picture: Opened, space: Size): View {
  const view = fitted(picture, space);
  if (view.scale >= leastReadable) return view;
  const along = (start: number, length: number, room: number, least: number): number => {
    const rest = room - margin - length * readable;
    if (rest >= least) return (least + rest) / 2;
    return Math.max(rest, Math.min(least, room / 2 - start * readable));
  };
  const { x, y } = picture.start;
  return {
    scale: readable,
    x: along(x, picture.width, space.width, margin),
    y: along(y, picture.height, space.height, marginAbove),
  };
}

/** A picture, and where in it one begins to look. */
export interface Opened extends Size {
  readonly start: { readonly x: number; readonly y: number };
}

/** The view for a window of another size, where the user has left the first one as it was. */
export function resized(
  view: View,
  picture: Opened,
  windows: { readonly before: Size; readonly after: Size },
  place: (picture: Opened, space: Size) => View,
): View {
  const { before, after } = windows;
  const wanted = place(picture, after);
  // A little more or less room is no reason to move what can be seen well.
  if (showsAll(view, picture, after) && wanted.scale <= view.scale) return view;
  if (wanted.scale !== view.scale || showsAll(wanted, picture, after)) return wanted;
  return { ...view, x: view.x + (after.width - before.width) / 2 };
}

/** Whether the whole picture is inside the window. */
export function showsAll({ x, y, scale }: View, picture: Size, space: Size): boolean {
  return (
    x >= 0 && y >= 0 && x + picture.width * scale <= space.width && y + picture.height * scale <= space.height
  );
}

/** Enlarges by a factor; the point of the picture under `at` stays where it is. */
export function zoomed(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = clampScale(view.scale * factor);
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Moves just so far that the box (in the picture's units) is inside the window; keeps the scale. */
export function revealing(
  view: View,
  box: Size & { readonly x: number; readonly y: number },
  space: Size,
): View {
  const shift = (from: number, length: number, room: number, least: number): number => {
    if (length > room - least - margin || from < least) return least - from;
    if (from + length > room - margin) return room - margin - (from + length);
    return 0;
  };
  return {
    scale: view.scale,
    x: view.x + shift(view.x + box.x * view.scale, box.width * view.scale, space.width, margin),
    y: view.y + shift(view.y + box.y * view.scale, box.height * view.scale, space.height, marginAbove),
  };
}

function clampScale(scale: number): number {
  return Math.min(largestScale, Math.max(smallestScale, scale));
}
