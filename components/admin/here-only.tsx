import { Callout } from '../ui/callout';
import { isLoopback } from './loopback';

/** Beside a link that is to be sent: where the panel was opened by a name that leads nobody else to it. */
export function HereOnly() {
  if (!isLoopback(location.hostname)) return null;
  return (
    <Callout tone="warn">
      This address works on this machine only. Open the panel by the name that others reach it at, and make the link
      there.
    </Callout>
  );
}
