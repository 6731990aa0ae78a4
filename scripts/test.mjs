/** npm test [-- STAGE …]: installs what is missing and runs all tests, or the named stages. */
import { handOver, installDependencies } from './bootstrap.mjs';

installDependencies();
handOver('scripts/runTests.mts', process.argv.slice(2));
