'use client';

import clsx from 'clsx';
import { presenceFill, presenceInk } from '../../presence/choice-colour';
import { ChoiceIcon } from '../../presence/choice-icon';
import { MoveButtons, RemoveButton } from '../row-buttons';
import { RowSelect, RowText } from '../row-fields';
import type { StateRow } from './availability-values';
import { colourWords, iconWords, phoneWords } from './state-words';

interface StateFieldsProps {
  readonly state: StateRow;
  readonly at: number;
  readonly count: number;
  /** The columns of a wide screen. */
  readonly className: string;
  readonly problem: (path: string) => string | undefined;
  readonly onChange: (state: StateRow) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** One presence state. */
export function StateFields(props: StateFieldsProps) {
  const { state, at, count, className, problem, onChange, onMove, onRemove } = props;
  const path = `states.${at}`;
  const name = state.name.trim() || `state ${at + 1}`;
  const change = (part: Partial<StateRow>) => onChange({ ...state, ...part });
  return (
    <fieldset className={clsx('grid min-w-0 grid-cols-2 items-start gap-x-2 gap-y-3 sm:grid-cols-4', className)}>
      <legend className="sr-only">{name}</legend>
      <RowText
        label="Name"
        name={`${path}.name`}
        className="max-lg:col-span-2"
        value={state.name}
        onChange={(next) => change({ name: next })}
        error={problem(`${path}.name`)}
        maxLength={40}
      />
      <RowSelect
        label="Colour"
        value={state.colour}
        options={colourWords}
        onChange={(colour) => change({ colour })}
        mark={<span aria-hidden className={clsx('block size-4 rounded', presenceFill[state.colour])} />}
      />
      <RowSelect
        label="Icon"
        value={state.icon}
        options={iconWords}
        onChange={(icon) => change({ icon })}
        mark={<ChoiceIcon icon={state.icon} className={clsx('size-4', presenceInk[state.colour])} />}
      />
      <RowSelect
        label="On the phone"
        value={state.state}
        options={phoneWords}
        onChange={(next) => change({ state: next })}
      />
      <RowText
        label="Kind"
        name={`${path}.subtype`}
        value={state.subtype}
        onChange={(subtype) => change({ subtype })}
        error={problem(`${path}.subtype`)}
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className="flex justify-end max-lg:col-span-2">
        <MoveButtons name={name} at={at} count={count} onMove={onMove} />
        <RemoveButton name={name} blocked={count > 1 ? null : 'one state has to stay'} onRemove={onRemove} />
      </div>
    </fieldset>
  );
}
