import type { DemoTimer } from './clock';
import type { Activity } from './model';

/** An application runs on a channel; `ended` is called however it ends. */
export class AppRun implements Activity {
  readonly kind = 'app';
  timer: DemoTimer | null = null;

  constructor(private readonly ended?: () => void) {}

  end(): void {
    this.timer?.cancel();
    this.ended?.();
  }
}
