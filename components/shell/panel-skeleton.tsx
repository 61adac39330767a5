import { GridSkeleton } from '../extensions/grid-skeleton';
import { ColumnSkeleton } from './column-skeleton';

/** The screen before its first script has run. */
export function PanelSkeleton() {
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <div className="h-12 shrink-0 border-b border-line bg-surface" />
      <div className="panel-columns min-h-0 flex-1" data-tab="people">
        <div className="panel-calls overflow-hidden">
          <ColumnSkeleton />
        </div>
        <div className="panel-people overflow-hidden px-3 pt-10">
          <GridSkeleton />
        </div>
        <div className="panel-side overflow-hidden">
          <ColumnSkeleton />
        </div>
      </div>
    </div>
  );
}
