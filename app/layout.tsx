import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '@fontsource-variable/inter/wght.css';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Cordboard', template: '%s · Cordboard' },
  description: 'Who is free, who is talking, who waits: every extension, call and queue of the office on one screen.',
  icons: { icon: '/icon.svg' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#171b20' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* What an administrator set. Has to be there before the first paint: neither async nor deferred. */}
        <link rel="stylesheet" href="/api/v1/appearance/style.css" />
        <script src="/api/v1/appearance/start.js" />
        <script src="/theme.js" />
      </head>
      <body>{children}</body>
    </html>
  );
}
