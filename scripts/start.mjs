/** npm start [-- --browser]: installs what is missing and opens VS Code on the examples. */
import { handOver, installDependencies } from './bootstrap.mjs';

installDependencies();
handOver('scripts/openEditor.mts', process.argv.slice(2));
