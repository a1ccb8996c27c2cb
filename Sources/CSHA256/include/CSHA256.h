// SHA-256 (FIPS 180-4), portable or with the processor's instructions.
#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// Feeds `count` blocks of 64 bytes into `state` (eight words).
void csha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t count);

/// The same in plain C: what processors without the instructions run, and what tests compare with.
void csha256_blocks_portable(uint32_t state[8], const uint8_t *bytes, size_t count);

/// Writes the digest of a whole message, as eight words.
void csha256_digest(const uint8_t *bytes, size_t count, uint32_t digest[8]);

/// The digests of two messages. Taken together they need little more time than one: the
/// instructions of one wait for each other, and those of the other fill the gaps.
void csha256_digest_pair(
    const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
    uint32_t first_digest[8], uint32_t second_digest[8]);

/// 1 where the processor's SHA instructions are used.
int csha256_accelerated(void);

#endif
