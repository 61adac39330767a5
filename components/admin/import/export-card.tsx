'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { type ImportExport, importExport } from '@/server/protocol/fop2-import';
import { Card } from '../../account/card';
import { type CallFailure, call } from '../../auth/api';
import { Button } from '../../ui/button';
import { FormFailure } from '../form-failure';
import { saveText } from '../save-text';
import { Left } from './run-result';

/** The way back, for who runs both for a while. */
export function ExportCard() {
  const [made, setMade] = useState<ImportExport | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const make = async () => {
    setBusy(true);
    const outcome = await call(importExport, 'admin/import/fop2/export');
    setBusy(false);
    setFailure(outcome.ok ? null : outcome);
    if (!outcome.ok) return;
    setMade(outcome.value);
    saveText('fop2.cfg', outcome.value.fop2, 'text/plain');
    saveText('buttons.cfg', outcome.value.buttons, 'text/plain');
  };
  return (
    <Card
      id="import-export"
      title="Back to FOP2"
      description="Users, groups and buttons of this panel as fop2.cfg and buttons.cfg, without passwords: for who runs both for a while."
    >
      <div className="flex flex-col items-start gap-3">
        <Button busy={busy} icon={<Download aria-hidden className="size-4" />} onClick={() => void make()}>
          Download both files
        </Button>
        {made ? <Left left={made.notes} /> : null}
        <FormFailure failure={failure} />
      </div>
    </Card>
  );
}
