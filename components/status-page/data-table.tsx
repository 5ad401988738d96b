import { Fragment, type ReactNode } from 'react';

export interface Column {
  name: string;
  /** Numbers stand at the end, so that they can be compared. */
  isNumber?: boolean;
  /** Left out where there is little room. */
  isExtra?: boolean;
}

export interface DataTableProps {
  heading: string;
  columns: readonly Column[];
  /** The first cell of a row names it. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  children?: ReactNode;
}

/** A quiet table under its heading. */
export function DataTable({ heading, columns, rows, children }: DataTableProps) {
  return (
    <section className="min-w-0">
      <h2 className="text-md font-semibold">{heading}</h2>
      <table className="mt-1.5 w-full border-collapse text-sm" aria-label={heading}>
        <thead>
          <tr className="border-b border-line text-xs text-ink-2">
            {columns.map((column) => (
              <th key={column.name} scope="col" className={`py-1.5 font-normal ${classOf(column)}`}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b border-line">
              {columns.map((column, at) => (
                <Fragment key={column.name}>
                  {at === 0 ? (
                    <th scope="row" className="max-w-40 py-2 pe-3 text-start font-normal wrap-anywhere">
                      {cells[at]}
                    </th>
                  ) : (
                    <td className={`py-2 ${classOf(column)}`}>{cells[at]}</td>
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {children}
    </section>
  );
}

function classOf({ isNumber = false, isExtra = false }: Column): string {
  return `${isNumber ? 'ps-3 text-end' : 'pe-3 text-start'} ${isExtra ? 'max-tablet:hidden' : ''}`;
}
