import { type BackupReportRecord, backupReport } from '@/server/protocol/backups';
import { failure } from '@/server/protocol/errors';
import type { Outcome } from '../../auth/api';

/** Sends a backup as it is, and tells how much of it is on its way (0 to 1). Never rejects. */
export function sendBackup(file: File, progress: (part: number) => void): Promise<Outcome<BackupReportRecord>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const away = (): void =>
      resolve({
        ok: false,
        error: 'unreachable',
        message: 'The file did not get to the panel: the connection was lost. Try again.',
      });
    request.open('POST', '/api/v1/admin/backups/upload');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total));
    request.addEventListener('error', away);
    request.addEventListener('abort', away);
    request.addEventListener('load', () => {
      const content = parsed(request.responseText);
      const report = backupReport.safeParse(content);
      const refused = failure.safeParse(content);
      if (request.status === 201 && report.success) resolve({ ok: true, value: report.data });
      else if (refused.success) resolve(refused.data);
      else away();
    });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
