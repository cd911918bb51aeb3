import test from 'ava';
import { walkPages } from '../support/walk-pages.ts';

// Pages that the village file has seen are left out here: what is new are those of the township and the county.
walkPages(test, ['weiyuan', 'zhuren', 'nongshang', 'biaozhun', 'xiaozu', 'zuzhang', 'xitong', 'anquan', 'shenji'], { before: ['', 'wangge', 'cun', 'jiandu', 'pingyi', 'chuangkou'] });
