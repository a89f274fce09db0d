//! Tests of changes, beside a model: see below.
