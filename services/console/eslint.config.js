import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['target', 'node_modules', 'test-results', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  tseslint.configs.strict,
  { files: ['src/**'], ...hooks.configs.flat['recommended-latest'] },
  {
    files: ['*.mjs', '*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
);
