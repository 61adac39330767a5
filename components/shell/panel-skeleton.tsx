import { GridSkeleton } from '../extensions/grid-skeleton';
import { ColumnSkeleton } from './column-skeleton';

/** The screen before its first script has run. */
export function PanelSkeleton() {
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <header className="h-12 shrink-0 border-b border-line bg-surface">
        <h1 className="sr-only">Panel</h1>
      </header>
      <main className="panel-columns min-h-0 flex-1" data-tab="people">
        <div className="panel-calls overflow-hidden">
          <ColumnSkeleton />
        </div>
        <div className="panel-people overflow-hidden px-3 pt-10">
          <GridSkeleton />
        </div>
        <div className="panel-side overflow-hidden">
          <ColumnSkeleton />
        </div>
      </main>
    </div>
  );
}
