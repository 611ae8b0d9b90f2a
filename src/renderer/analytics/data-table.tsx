import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './analytics-view.module.css';

interface DataTableProps {
  readonly caption: string;
  /** Headings; the first column holds the names of the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** How many of the first columns are words, not figures. */
  readonly words?: number;
  /** Only for screen readers: the chart beside it shows the same. */
  readonly hidden?: boolean;
}

/** A table of figures that scrolls sideways where there is no room, by keyboard too. */
export function DataTable({ caption, columns, rows, words = 1, hidden = false }: DataTableProps) {
  const kind = (index: number): 'words' | 'figure' => (index < words ? 'words' : 'figure');
  const table = (
    <table className={classes.table}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col" data-kind={kind(index)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) =>
              index === 0 ? (
                <th key={columns[index]} scope="row" data-kind="words">
                  {cell}
                </th>
              ) : (
                <td key={columns[index]} data-kind={kind(index)}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (hidden) return <VisuallyHidden>{table}</VisuallyHidden>;
  return (
    <div className={classes.scroller} role="group" aria-label={caption} tabIndex={0}>
      {table}
    </div>
  );
}
