'use client';

import { CircleCheck, TriangleAlert } from 'lucide-react';
import {
  contrastOn,
  defaultAccent,
  inkOn,
  leastContrast,
  nearestPassing,
  passes,
  type Theme,
} from '@/server/protocol/contrast';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/text-field';

interface ColourFieldProps {
  readonly theme: Theme;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (colour: string) => void;
}

const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);
const titles: Readonly<Record<Theme, string>> = { light: 'In light pages', dark: 'In dark pages' };
const surfaces: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#171b20' };

/** A colour with its contrast, and the nearest one that can be read where it cannot. */
export function ColourField({ theme, value, error, onChange }: ColourFieldProps) {
  const colour = isColour(value) ? value.toLowerCase() : null;
  const good = colour !== null && passes(theme, colour);
  const reached = colour === null ? null : contrastOn(theme, colour).toFixed(1);
  const nearest = colour === null || good ? null : nearestPassing(theme, colour);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <input
          type="color"
          aria-label={`${titles[theme]}: pick the colour`}
          value={colour ?? defaultAccent[theme]}
          onChange={(event) => onChange(event.target.value)}
          className="h-9 w-12 shrink-0 cursor-pointer rounded-md border border-control bg-surface p-0.5"
        />
        <TextField
          className="min-w-0 flex-1"
          label={titles[theme]}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          maxLength={7}
        />
      </div>
      {colour === null ? (
        <p role="status" className="text-xs font-medium text-dnd-ink">
          Use a colour like #2f5bd7.
        </p>
      ) : (
        <p role="status" className="flex items-center gap-1.5 text-xs text-ink-2">
          {good ? (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-free" />
          ) : (
            <TriangleAlert aria-hidden className="size-4 shrink-0 text-dnd" />
          )}
          {good
            ? `Contrast ${reached} : 1; ${leastContrast} : 1 is needed.`
            : `Contrast ${reached} : 1 is too low; ${leastContrast} : 1 is needed.`}
        </p>
      )}
      {nearest ? (
        <Button size="small" className="self-start" onClick={() => onChange(nearest)}>
          <span aria-hidden className="size-4 rounded border border-control" style={{ background: nearest }} />
          Use the nearest that passes, {nearest}
        </Button>
      ) : null}
      {error && colour !== null ? <p className="text-xs font-medium text-dnd-ink">This {error}.</p> : null}
      {colour ? <Sample theme={theme} colour={colour} /> : null}
      {value === defaultAccent[theme] ? null : (
        <Button size="small" tone="plain" className="self-start" onClick={() => onChange(defaultAccent[theme])}>
          Back to the default
        </Button>
      )}
    </div>
  );
}

/** How words in it and on it look. Not read out: it shows the colour, nothing else. */
function Sample({ theme, colour }: { readonly theme: Theme; readonly colour: string }) {
  return (
    <div
      aria-hidden
      className="flex items-center gap-4 rounded-md border border-line px-3 py-2.5 text-sm font-medium"
      style={{ background: surfaces[theme] }}
    >
      <span className="rounded-md px-3 py-1.5" style={{ background: colour, color: inkOn(colour) }}>
        A button
      </span>
      <span className="underline underline-offset-2" style={{ color: colour }}>
        a link
      </span>
    </div>
  );
}
