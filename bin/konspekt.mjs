#!/usr/bin/env node
import { launch } from '../tools/bootstrap/launch.mjs';

await launch('konspekt', process.argv.slice(2));
