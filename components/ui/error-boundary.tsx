'use client';

import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from './button';
import { EmptyState } from './empty-state';

interface ErrorBoundaryProps {
  /** What is inside, as the subject of "cannot be shown". */
  readonly what: string;
  readonly children: ReactNode;
}

/** A fault in one part of the screen leaves the others alone. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error(`${this.props.what} cannot be shown`, error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <EmptyState
          icon={<TriangleAlert aria-hidden className="size-5" />}
          title={`${this.props.what} cannot be shown`}
          action={<Button onClick={() => this.setState({ failed: false })}>Try again</Button>}
        >
          This is a fault of the panel; the rest of the screen is still live. If it stays, reload the page.
        </EmptyState>
      </div>
    );
  }
}
