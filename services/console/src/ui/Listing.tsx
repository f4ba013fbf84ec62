import { Group, Pagination, ScrollArea, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Row> {
  label: string;
  cell: (row: Row) => ReactNode;
  /** Amounts and counts. */
  right?: boolean;
  /** From which width on it is worth its place. */
  from?: 'sm' | 'md';
}

interface Props<Row> {
  /** What the table is, for those who do not see it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Shown instead when there are no rows. */
  empty: ReactNode;
  page?: { number: number; size: number; total: number };
  onPage?: (number: number) => void;
}

/** A table of what a list holds, and the way to its other pages. */
export function Listing<Row>({ label, columns, rows, rowKey, empty, page, onPage }: Props<Row>) {
  if (rows.length === 0) {
    return empty;
  }
  const pages = page ? Math.ceil(page.total / page.size) : 1;
  return (
    <>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        <Table highlightOnHover aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ label: name, right, from }) => (
                <Table.Th key={name} ta={right ? 'right' : undefined} visibleFrom={from}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map(({ label: name, cell, right, from }) => (
                  <Table.Td key={name} ta={right ? 'right' : undefined} visibleFrom={from}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {page && pages > 1 && (
        <Group justify="space-between" mt="md">
          <Text size="sm" c="dimmed">
            {page.total} in all
          </Text>
          <Pagination
            total={pages}
            value={page.number}
            onChange={(number) => onPage?.(number)}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            getItemProps={(number) => ({ 'aria-label': `page ${number}` })}
          />
        </Group>
      )}
    </>
  );
}
