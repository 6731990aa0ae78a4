/** The URI of a file that another file names by its path: relative to that file's folder. */
export function resolveUri(base: string, path: string): string {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return path;
  const [, root = '', rest = ''] = /^([a-z][a-z\d+.-]*:(?:\/\/[^/]*)?)(.*)$/i.exec(base) ?? ['', '', base];
  const isAbsolute = /^[\\/]/.test(path);
  const segments = isAbsolute ? [] : rest.split('/').slice(0, -1);
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && (segment !== '' || isAbsolute)) segments.push(encodeSegment(segment));
  }
  const joined = segments.join('/').replaceAll(/\/{2,}/g, '/');
  return root + (rest.startsWith('/') && !joined.startsWith('/') ? `/${joined}` : joined);
}

/** As VS Code writes them, so that the result is found among the URIs it tells. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Whether two URIs name the same file, however each escapes it. */
export function isSameFile(one: string, other: string): boolean {
  return one === other || pathOf(one) === pathOf(other);
}

/** The URI as people read it. */
export function pathOf(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    // A path with a bare percent sign is what it is.
    return uri;
  }
}

/** The last part of the path, decoded. */
export function fileNameOf(uri: string): string {
  return pathOf(uri.slice(uri.lastIndexOf('/') + 1));
}

/** How many folders two files have in common, from the root on. */
export function sharedFolders(one: string, other: string): number {
  const a = pathOf(one).split('/').slice(0, -1);
  const b = pathOf(other).split('/').slice(0, -1);
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}
