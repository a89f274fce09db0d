// Packages are where .ci/pages has installed them, out of the checkout.
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.PERSONY_TEST_PACKAGES}/package.json`);

export const { chromium } = require('playwright-core');
export const { HtmlValidate } = require('html-validate');
export const AXE = require('axe-core').source;
