/** @type {import('next').NextConfig} */
export default {
  output: 'export',
  trailingSlash: true,
  images: { unoptimized: true },
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm test` checks the types of everything; a first start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
};
