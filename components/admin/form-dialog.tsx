'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { Form } from './use-form';
import { useLeaveGuard } from './use-leave-guard';

interface FormDialogProps<V extends object> {
  readonly form: Form<V>;
  readonly title: string;
  readonly description?: ReactNode;
  readonly action: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog, which asks before it throws away what was typed. Mount it to open it. */
export function FormDialog<V extends object>(props: FormDialogProps<V>) {
  const { form, title, description, action, onClose, children } = props;
  const [leaving, setLeaving] = useState(false);
  const id = useId();
  useLeaveGuard(form.dirty);
  const close = () => (form.dirty && !form.busy ? setLeaving(true) : onClose());
  const footer = leaving ? (
    <>
      <p role="alert" className="mr-auto self-center text-sm text-ink">
        Throw your changes away?
      </p>
      <Button key="keep" onClick={() => setLeaving(false)} autoFocus>
        Keep editing
      </Button>
      <Button tone="danger" onClick={onClose}>
        Throw away
      </Button>
    </>
  ) : (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button tone="primary" type="submit" form={id} busy={form.busy}>
        {action}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={title} description={description} footer={footer}>
      <form id={id} ref={form.ref} onSubmit={form.submit} noValidate className="flex flex-col gap-4 pt-1">
        {children}
      </form>
    </Dialog>
  );
}
