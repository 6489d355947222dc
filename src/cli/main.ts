#!/usr/bin/env node
/** The program smtp-field-manual. */
import { run } from "./program.ts";

process.exitCode = await run(process.argv.slice(2));
// Workers and an open standard input must not keep a finished program alive.
process.exit();
