import { barsPath, nicePeak } from './chart';

const width = 600;
const height = 72;

/** Events a second over the last hour. What it shows is told in words for those who do not see it. */
export function EventsChart({ hour }: { readonly hour: readonly (number | null)[] }) {
  const known = hour.filter((value) => value !== null);
  const peak = Math.max(0, ...known);
  const top = nicePeak(peak);
  const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  const words = `Events a second in the last hour: ${mean.toFixed(1)} on average, ${peak} at most`;
  return (
    <figure className="mt-5">
      <figcaption className="mb-1 flex justify-between gap-3 text-xs text-ink-2">
        <span>{words}</span>
        <span aria-hidden className="tabular-nums">
          {top}/s
        </span>
      </figcaption>
      <svg
        aria-hidden
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        className="h-18 w-full rounded-md bg-sunken"
      >
        <path d={barsPath(hour, { width, height, top })} className="fill-accent" />
      </svg>
      <div aria-hidden className="mt-0.5 flex justify-between text-xs text-ink-3">
        <span>60 min ago</span>
        <span>now</span>
      </div>
    </figure>
  );
}
