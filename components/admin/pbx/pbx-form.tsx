'use client';

import { toast } from 'sonner';
import type { PbxSettings } from '@/server/protocol/admin';
import { Card } from '../../account/card';
import { Button } from '../../ui/button';
import { FormFailure } from '../form-failure';
import { useLeaveGuard } from '../use-leave-guard';
import { AccountBlock, useMadeSecret } from './account-block';
import { PbxFields } from './pbx-fields';
import { valuesOf } from './pbx-values';
import { TestResult } from './test-result';
import { useConnectionForm } from './use-connection-form';
import { useConnectionTest } from './use-connection-test';

interface PbxFormProps {
  readonly settings: PbxSettings;
  readonly onSaved: (settings: PbxSettings) => void;
  readonly reload: () => Promise<PbxSettings | null>;
}

export function PbxForm({ settings, onSaved, reload }: PbxFormProps) {
  const form = useConnectionForm(settings, (saved) => {
    onSaved(saved);
    form.reset(valuesOf(saved));
    toast.success('Saved. The panel connects with it now.');
  });
  const made = useMadeSecret();
  const test = useConnectionTest(form.values);
  useLeaveGuard(form.dirty);
  const takeNewest = async () => {
    const newest = await reload();
    if (newest) form.reset(valuesOf(newest));
  };
  const tryOut = () => {
    const body = form.checked();
    if (body !== null) test.run(body);
  };
  const fillSecret = () => {
    if (!form.values.username) form.set('username', 'cordboard');
    form.set('secret', made);
  };
  const trust = (fingerprint: string) => form.set('fingerprint', fingerprint);
  return (
    <div className="flex flex-col gap-5">
      <Card title="Connection">
        <form ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-5">
          <PbxFields form={form} hasSecret={settings.hasSecret && settings.source === 'saved'} />
          <div aria-live="polite" className="empty:hidden">
            {test.result ? <TestResult result={test.result} trusted={form.values.fingerprint} onTrust={trust} /> : null}
          </div>
          <FormFailure failure={test.failure} />
          <FormFailure failure={form.failure}>
            {form.failure?.error === 'conflict' ? (
              <div className="mt-2">
                <Button size="small" onClick={() => void takeNewest()}>
                  Show what is saved now, without my changes
                </Button>
              </div>
            ) : null}
          </FormFailure>
          <div className="flex flex-wrap gap-2">
            <Button busy={test.busy} disabled={form.busy} onClick={tryOut}>
              {test.busy ? 'Testing…' : 'Test'}
            </Button>
            <Button type="submit" tone="primary" busy={form.busy} disabled={!form.dirty}>
              {form.busy ? 'Saving…' : 'Save and connect'}
            </Button>
          </div>
        </form>
      </Card>
      <Card title="An account for the panel on your PBX">
        <AccountBlock
          username={form.values.username.trim() || 'cordboard'}
          host={form.values.host}
          secret={made}
          onUse={fillSecret}
        />
      </Card>
    </div>
  );
}
