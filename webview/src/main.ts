import { startPage } from './page.ts';

startPage(document.body);
