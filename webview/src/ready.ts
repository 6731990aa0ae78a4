import { send } from './messaging.ts';

/** Said before Mermaid is started, so that the extension looks for the drawing meanwhile. */
send({ type: 'ready' });
