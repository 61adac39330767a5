'use client';

import { LogOut } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';
import { Toaster } from '../ui/toaster';
import { Appearance } from './appearance';
import { Card } from './card';
import { Notifications } from './notifications';
import { PageBar } from './page-bar';
import { PasswordForm } from './password-form';
import { ProfileForm } from './profile-form';
import { SecondFactor } from './second-factor';
import { SessionGate, useSession } from './session-gate';
import { Sessions } from './sessions';
import { signOut } from './sign-out';

const Keys = lazy(() => import('./keys'));

export function AccountPage() {
  return (
    <>
      <SessionGate waiting={<Waiting />}>
        <Account />
      </SessionGate>
      <Toaster />
    </>
  );
}

const column = 'mx-auto flex max-w-2xl flex-col gap-5 px-4 py-6';

function Account() {
  const { me } = useSession();
  // Stays where it was when the password is set, and the focus with it.
  const [first] = useState(!me.hasPassword && !me.elsewhere);
  const password = (
    <Card
      id="password"
      title="Password"
      description={me.hasPassword ? 'After a change all your other devices are signed out.' : undefined}
    >
      {me.elsewhere ? (
        <p className="text-sm text-ink-2">You sign in with your company account: its password is changed there.</p>
      ) : (
        <PasswordForm />
      )}
    </Card>
  );
  return (
    <>
      <PageBar me={me} />
      <main className={column}>
        <h1 className="text-xl font-semibold text-ink">My account</h1>
        {first ? password : null}
        <Card title="Profile">
          <ProfileForm />
        </Card>
        {first ? null : password}
        <Card id="second-factor" title="Second factor">
          <SecondFactor />
        </Card>
        <Card
          id="sessions"
          title="Where you are signed in"
          description="One you do not know? Sign it out, and change your password."
        >
          <Sessions />
        </Card>
        <Card title="Appearance" description="Goes with you to every device; saved as you choose.">
          <Appearance />
        </Card>
        <Card id="notifications" title="Notifications" description="Saved as you choose.">
          <Notifications />
        </Card>
        <Card id="keys" title="Calls by keyboard" description="Goes with you to every device; saved as you choose.">
          <Suspense fallback={<Skeleton className="h-72" />}>
            <Keys />
          </Suspense>
        </Card>
        <Card title="This device">
          <Leave />
        </Card>
      </main>
    </>
  );
}

function Leave() {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    setProblem(await signOut());
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button busy={busy} icon={<LogOut aria-hidden className="size-4" />} onClick={() => void leave()}>
        Sign out
      </Button>
      <p role="alert" className="text-sm text-dnd-ink empty:hidden">
        {problem}
      </p>
    </div>
  );
}

function Waiting() {
  return (
    <>
      <PageBar me={null} />
      <main aria-busy className={column}>
        <h1 className="text-xl font-semibold text-ink">My account</h1>
        <p role="status" className="sr-only">
          Loading your account
        </p>
        <Skeleton className="h-80 rounded-xl" />
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-56 rounded-xl" />
      </main>
    </>
  );
}
