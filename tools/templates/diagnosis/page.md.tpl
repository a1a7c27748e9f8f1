# The failing state, as a noun

## What you see

## Why

## How to confirm

## How to fix

## Check after the fix

## References
