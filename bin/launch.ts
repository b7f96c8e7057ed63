#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { loadChunk } from './load-chunk.ts';

loadChunk(fileURLToPath(new URL('../main.js', import.meta.url)));
