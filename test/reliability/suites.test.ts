import { failOnLeaks } from '../support/leaks.ts';
import { suites } from './suites/all.ts';
import { testShortly } from './suites/test-shortly.ts';

failOnLeaks();

testShortly(suites.filter(suite => suite.needs !== 'memory'));
