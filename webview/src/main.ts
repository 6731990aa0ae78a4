import './ready.ts';
import { GraphPage } from './page.ts';

new GraphPage(document.body);
