'use client';

import { useEffect, useRef, useState } from 'react';
import { type PbxSettings, pbxSettings } from '@/server/protocol/admin';
import { Card } from '../account/card';
import { FormFailure } from '../admin/form-failure';
import { LoadFailure } from '../admin/load-failure';
import { AccountBlock, useMadeSecret } from '../admin/pbx/account-block';
import { PbxFields } from '../admin/pbx/pbx-fields';
import { TestResult } from '../admin/pbx/test-result';
import { useConnectionForm } from '../admin/pbx/use-connection-form';
import { useConnectionTest } from '../admin/pbx/use-connection-test';
import { useResource } from '../admin/use-resource';
import { Button } from '../ui/button';
import { ChoiceChip } from '../ui/choice-chip';
import { Skeleton } from '../ui/skeleton';
import { StepActions, StepFrame } from './step-frame';
import type { StepProps } from './step-props';

/** Which Asterisk the panel shows. */
export function PbxStep({ setup, progress }: StepProps) {
  const { value, failure, reload } = useResource(pbxSettings, 'admin/pbx');
  const [demo, setDemo] = useState(false);
  const pass = () => setup.pass('pbx');
  if (value?.source === 'environment') return <FixedPbx settings={value} pass={pass} />;
  return (
    <StepFrame
      title="Your PBX"
      about="The panel signs in to Asterisk’s manager interface (AMI), finds out by itself what there is, and follows it."
    >
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Which PBX</legend>
        <ChoiceChip name="which" value="own" checked={!demo} onChange={() => setDemo(false)} className="min-h-10">
          My Asterisk or FreePBX
        </ChoiceChip>
        <ChoiceChip name="which" value="demo" checked={demo} onChange={() => setDemo(true)} className="min-h-10">
          Only look round, with the built-in demo
        </ChoiceChip>
      </fieldset>
      {value === null ? (
        failure ? (
          <LoadFailure failure={failure} retry={() => void reload()} />
        ) : (
          <Skeleton className="h-80 rounded-xl" />
        )
      ) : demo ? (
        <DemoPbx saved={value.source === 'saved'} pass={pass} />
      ) : (
        <OwnPbx settings={value} passed={progress.passed.includes('pbx')} pass={pass} />
      )}
    </StepFrame>
  );
}

function FixedPbx({ settings, pass }: { readonly settings: PbxSettings; readonly pass: () => void }) {
  return (
    <StepFrame
      title="Your PBX"
      about={
        <>
          The environment variable <code className="font-mono text-xs">AMI_URL</code> decides where the panel connects:{' '}
          {settings.username} at {settings.host}:{settings.port}. There is nothing to choose here.
        </>
      }
    >
      <StepActions>
        <Button tone="primary" autoFocus onClick={pass}>
          Continue
        </Button>
      </StepActions>
    </StepFrame>
  );
}

function DemoPbx({ saved, pass }: { readonly saved: boolean; readonly pass: () => void }) {
  return (
    <>
      <p className="text-sm leading-relaxed text-ink-2">
        {saved
          ? 'A PBX of yours is connected already, and stays so.'
          : 'An office of 48 people that was made up, whose phones ring. Your own PBX can be connected at any time under Administration → PBX.'}
      </p>
      <StepActions>
        <Button tone="primary" onClick={pass}>
          Continue
        </Button>
      </StepActions>
    </>
  );
}

interface OwnPbxProps {
  readonly settings: PbxSettings;
  readonly passed: boolean;
  readonly pass: () => void;
}

function OwnPbx({ settings, passed, pass }: OwnPbxProps) {
  const made = useMadeSecret();
  const form = useConnectionForm(settings, pass);
  const { set, values } = form;
  const hasSecret = settings.hasSecret && settings.source === 'saved';
  // A secret is there from the beginning: what is to be copied and what is sent are the same.
  useEffect(() => {
    if (made !== '' && !hasSecret) set('secret', made);
  }, [made, hasSecret, set]);
  const test = useConnectionTest(values);
  const tryOut = () => {
    const body = form.checked();
    if (body !== null) test.run(body);
  };
  const result = useRef<HTMLDivElement>(null);
  const tried = test.result !== null;
  useEffect(() => {
    if (tried) result.current?.scrollIntoView({ block: 'nearest' });
  }, [tried]);
  const works = test.result?.ok === true;
  return (
    <form
      ref={form.ref}
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (works) form.submit(event);
        else tryOut();
      }}
    >
      <Card title="Connection">
        <div className="flex flex-col gap-5">
          <PbxFields form={form} hasSecret={hasSecret} />
        </div>
      </Card>
      <Card
        title="An account for the panel on the PBX"
        description="Skip this when there is one, and enter its user and secret above."
      >
        <AccountBlock
          username={values.username.trim() || 'cordboard'}
          host={values.host}
          secret={made}
          onUse={values.secret === made ? null : () => set('secret', made)}
        />
      </Card>
      <div ref={result} aria-live="polite" className="scroll-mb-20 empty:hidden">
        {test.result ? (
          <TestResult
            result={test.result}
            trusted={values.fingerprint}
            onTrust={(fingerprint) => set('fingerprint', fingerprint)}
          />
        ) : null}
      </div>
      <FormFailure failure={test.failure} />
      <FormFailure failure={form.failure} />
      <StepActions>
        {works ? (
          <Button type="submit" tone="primary" busy={form.busy}>
            {form.busy ? 'Connecting…' : 'Use this PBX'}
          </Button>
        ) : (
          <Button type="submit" tone="primary" busy={test.busy}>
            {test.busy ? 'Testing…' : 'Test the connection'}
          </Button>
        )}
        <Button tone="plain" onClick={pass}>
          {passed ? 'Continue without a change' : 'Skip: show the demo'}
        </Button>
      </StepActions>
    </form>
  );
}
