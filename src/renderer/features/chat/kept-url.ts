import { defaultUrlTransform } from 'react-markdown';
import { isMeantForProgram } from '../../../shared/contract/address.ts';

/** SECURITY: what has none of the web's harmless schemes loses its address. Addresses of the program stay: they only navigate. */
export const keptUrl = (url: string): string => (isMeantForProgram(url) ? url : defaultUrlTransform(url));
