import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `make up` listens; `npm run dev` asks it for everything that is not a file of ours. */
const gateway = process.env.USANCE_URL ?? 'http://localhost:8888';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: process.env.CONSOLE_OUT ?? 'target/classes/META-INF/resources',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts and icons stay files, so that the content security policy needs no data: for fonts.
    assetsInlineLimit: 0,
    // The charts come when a chart is opened.
    chunkSizeWarningLimit: 700,
  },
  server: {
    // The host stays, as a session counts for pages of the same origin only.
    proxy: Object.fromEntries(
      ['/v3', '/session', '/docs'].map((path) => [path, { target: gateway, changeOrigin: false }]),
    ),
    watch: { ignored: ['**/target/**'] },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test.setup.ts'],
  },
});
