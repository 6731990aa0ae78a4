/**
 * A list that can be changed without copying it: rows of up to 128 values, plain JSON.
 *
 * Snapshots share the rows that are the same. `put` copies two short arrays; `putInPlace` changes the
 * table and is for one whom nobody else knows.
 */
export type Table<T> = readonly (readonly T[])[];

const rowLength = 128;

export function lengthOf<T>(table: Table<T>): number {
  const last = table.at(-1);
  return last ? (table.length - 1) * rowLength + last.length : 0;
}

export function at<T>(table: Table<T>, index: number): T | undefined {
  return table[index >>> 7]?.[index & 127];
}

/** The table with another value at an index inside, or directly behind its last. */
export function put<T>(table: Table<T>, index: number, value: T): Table<T> {
  const rows = table.slice();
  const row = rows[index >>> 7]?.slice() ?? [];
  row[index & 127] = value;
  rows[index >>> 7] = row;
  return rows;
}

export function putInPlace<T>(table: Table<T>, index: number, value: T): void {
  const rows = table as T[][];
  const row = rows[index >>> 7];
  if (row) row[index & 127] = value;
  else rows[index >>> 7] = [value];
}

export function tableOf<T>(values: readonly T[]): Table<T> {
  const rows: T[][] = [];
  for (let start = 0; start < values.length; start += rowLength)
    rows.push(values.slice(start, start + rowLength));
  return rows;
}

/** A table of that many equal values. */
export function filled<T>(length: number, value: T): Table<T> {
  const rows: T[][] = [];
  for (let start = 0; start < length; start += rowLength) {
    const row: T[] = [];
    while (row.length < Math.min(rowLength, length - start)) row.push(value);
    rows.push(row);
  }
  return rows;
}

export function valuesOf<T>(table: Table<T>): T[] {
  // Like `flat`, which takes a multiple of the time.
  return ([] as T[]).concat(...table);
}

/** The same values in rows of its own, to be changed in place. */
export function copyOf<T>(table: Table<T>): Table<T> {
  return table.map(row => row.slice());
}
