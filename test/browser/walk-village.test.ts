import test from 'ava';
import { walkPages } from '../support/walk-pages.ts';

walkPages(test, ['', 'wangge', 'cun', 'jiandu', 'pingyi', 'chuangkou']);
