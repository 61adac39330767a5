import { useEffect, useState } from 'react';

interface Warning {
  readonly message: string;
  readonly section: string;
}

const everyMs = 60_000;
/** What goes over by itself is told on the page of health alone. */
const lasting: ReadonlySet<string> = new Set(['database', 'writes', 'disk', 'backup']);

/** The gravest thing an administrator should know, looked for once a minute; null: nothing, or not asked. */
export function useHealthWarning(asked: boolean): Warning | null {
  const [warning, setWarning] = useState<Warning | null>(null);
  useEffect(() => {
    if (!asked) {
      setWarning(null);
      return;
    }
    const leave = new AbortController();
    const look = async (): Promise<void> => {
      try {
        const response = await fetch('/api/v1/admin/health', { credentials: 'same-origin', signal: leave.signal });
        if (response.ok) setWarning(warningIn(await response.json()));
      } catch {
        // The lost server has a banner of its own.
      }
    };
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      leave.abort();
      clearInterval(timer);
    };
  }, [asked]);
  return warning;
}

/** By hand: zod is not loaded with the panel. */
function warningIn(health: unknown): Warning | null {
  if (typeof health !== 'object' || health === null || !('warnings' in health)) return null;
  const warnings: unknown[] = Array.isArray(health.warnings) ? health.warnings : [];
  for (const one of warnings) {
    if (typeof one !== 'object' || one === null || !('id' in one) || !('message' in one) || !('section' in one))
      continue;
    if (lasting.has(String(one.id))) return { message: String(one.message), section: String(one.section) };
  }
  return null;
}
