// SHA-256 (FIPS 180-4): one block function, portable or with the processor's instructions.
#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// Feeds `count` blocks of 64 bytes into `state` (eight words).
void csha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t count);

/// The same in plain C: what processors without the instructions run, and what tests compare with.
void csha256_blocks_portable(uint32_t state[8], const uint8_t *bytes, size_t count);

/// 1 where `csha256_blocks` uses the processor's SHA instructions.
int csha256_accelerated(void);

#endif
