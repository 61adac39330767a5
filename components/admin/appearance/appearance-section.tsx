'use client';

import { useMemo } from 'react';
import {
  type AppearanceSettings,
  appearance,
  appearanceSettings,
  mostIconBytes,
  mostLogoBytes,
  type SavedAppearance,
  savedAppearance,
} from '@/server/protocol/appearance';
import { Card } from '../../account/card';
import { call } from '../../auth/api';
import { applyAppearance } from '../../shell/appearance';
import { localeChoices, sampleText } from '../../ui/region';
import { SelectField } from '../../ui/select-field';
import { TextField } from '../../ui/text-field';
import { LoadFailure } from '../load-failure';
import { SaveBar } from '../save-bar';
import { SectionSkeleton } from '../section-skeleton';
import { useResource } from '../use-resource';
import { type SettingsFormProps, useSettingsForm } from '../use-settings-form';
import { ColourField } from './colour-field';
import { PictureField } from './picture-field';

export default function AppearanceSection() {
  const { value, failure, set, reload } = useResource(savedAppearance, 'admin/appearance');
  if (failure) return <LoadFailure failure={failure} retry={() => void reload()} />;
  return value ? <AppearanceForm saved={value} onSaved={set} reload={reload} /> : <SectionSkeleton />;
}

interface Values extends Omit<AppearanceSettings, 'accent'> {
  readonly light: string;
  readonly dark: string;
}

function AppearanceForm(props: SettingsFormProps<SavedAppearance>) {
  const { saved } = props;
  const { form, bar } = useSettingsForm({
    ...props,
    valuesOf: ({ settings: { accent, ...rest } }: SavedAppearance): Values => ({ ...rest, ...accent }),
    schema: appearanceSettings,
    body: ({ light, dark, ...rest }: Values) => ({ ...rest, accent: { light, dark } }),
    send: async (settings) => {
      const body = { version: saved.version, settings };
      const outcome = await call(savedAppearance, 'admin/appearance', { method: 'PUT', body });
      if (outcome.ok) void showHere();
      return outcome;
    },
    within: 'settings',
    inForce: 'Saved. Every open page shows it now.',
  });
  const locales = useMemo(localeChoices, []);
  const { values } = form;
  return (
    <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-5">
      <Card id="name" title="Name and pictures">
        <div className="flex flex-col gap-5">
          <TextField
            className="max-w-80"
            label="Name of the panel"
            name="name"
            value={values.name}
            onChange={(event) => form.set('name', event.target.value)}
            error={form.problem('name')}
            hint="In the title, at the top of every page, and where people sign in"
            maxLength={40}
          />
          <PictureField
            label="Logo"
            hint={`A PNG, JPEG or WebP picture of at most ${mostLogoBytes / 1024} KB. It stands on white and on nearly black.`}
            mostBytes={mostLogoBytes}
            value={values.logo}
            error={form.problem('logo') ?? form.problem('logo.data') ?? form.problem('logo.type')}
            onChange={(logo) => form.set('logo', logo)}
          />
          <PictureField
            label="Picture of the tab"
            hint={`Square, at most ${mostIconBytes / 1024} KB.`}
            mostBytes={mostIconBytes}
            value={values.icon}
            error={form.problem('icon') ?? form.problem('icon.data') ?? form.problem('icon.type')}
            onChange={(icon) => form.set('icon', icon)}
          />
        </div>
      </Card>
      <Card
        id="colours"
        title="Colour of buttons and links"
        description="Checked for contrast, so that everybody can read it. The colours of states stay as they are: they mean something."
      >
        <div className="grid gap-5 sm:grid-cols-2">
          <ColourField
            theme="light"
            value={values.light}
            error={form.problem('accent.light')}
            onChange={(colour) => form.set('light', colour)}
          />
          <ColourField
            theme="dark"
            value={values.dark}
            error={form.problem('accent.dark')}
            onChange={(colour) => form.set('dark', colour)}
          />
        </div>
      </Card>
      <Card
        id="region"
        title="Dates, times and numbers"
        description="For everybody who does not choose otherwise in their account. The words of the panel are English."
      >
        <SelectField
          className="max-w-80"
          label="Written as in"
          name="locale"
          value={values.locale}
          onChange={(event) => form.set('locale', event.target.value)}
          options={withCurrent(locales, saved.settings.locale)}
          hint={sampleText(values.locale)}
          error={form.problem('locale')}
        />
      </Card>
      <SaveBar {...bar} />
    </form>
  );
}

type Choices = readonly { readonly value: string; readonly label: string }[];

/** A locale that came over the API may be none of those that are offered. */
function withCurrent(choices: Choices, current: string): Choices {
  return choices.some(({ value }) => value === current) ? choices : [{ value: current, label: current }, ...choices];
}

/** This page has no connection that would tell it. */
async function showHere(): Promise<void> {
  const outcome = await call(appearance, 'appearance');
  if (outcome.ok) applyAppearance(outcome.value);
}
