'use client';

import { Grid2x2, Grid3x3, LayoutGrid, Monitor, Moon, Sun } from 'lucide-react';
import { FormFailure } from '../admin/form-failure';
import { applyTheme } from '../shell/theme';
import { setOwnLocale } from '../ui/region';
import { Choice } from './choice';
import { LocaleField } from './locale-field';
import { useSavedLayout } from './use-saved-layout';

const icon = 'size-5';
const themes = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden className={icon} /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden className={icon} /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden className={icon} /> },
] as const;
const densities = [
  { value: 'compact', label: 'Compact', icon: <Grid3x3 aria-hidden className={icon} /> },
  { value: 'comfortable', label: 'Comfortable', icon: <LayoutGrid aria-hidden className={icon} /> },
  { value: 'large', label: 'Large', icon: <Grid2x2 aria-hidden className={icon} /> },
] as const;

/** How the panel looks to this user, on every device. Saved as it is chosen. */
export function Appearance() {
  const { layout, failure, change } = useSavedLayout();
  return (
    <div className="flex flex-col gap-5">
      <Choice
        legend="Theme"
        name="theme"
        value={layout?.theme ?? 'system'}
        options={themes}
        disabled={!layout}
        onChange={(theme) => {
          applyTheme(theme);
          change({ theme });
        }}
      />
      <Choice
        legend="Tiles"
        name="density"
        value={layout?.density ?? 'comfortable'}
        options={densities}
        disabled={!layout}
        onChange={(density) => change({ density })}
      />
      <LocaleField
        value={layout?.locale ?? null}
        disabled={!layout}
        onChange={(locale) => {
          setOwnLocale(locale);
          change({ locale });
        }}
      />
      <FormFailure failure={failure} />
    </div>
  );
}
