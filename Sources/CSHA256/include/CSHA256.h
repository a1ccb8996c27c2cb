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

/// A message that lies in memory as a whole.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} csha256_message;

/// The digests of messages. Taken together they need far less time than one after the other: the
/// instructions of one wait for each other, and those of others fill the gaps. Where the processor
/// has registers wide enough, sixteen are taken at once.
void csha256_digest_many(
    const csha256_message *messages, size_t count, uint32_t (*digests)[8]);

/// The same, two at once: what processors without such registers do, and what tests compare with.
void csha256_digest_many_by_twos(
    const csha256_message *messages, size_t count, uint32_t (*digests)[8]);

/// Reads a digest that is written as 64 lower-case hex digits, as four words, the first digit the
/// highest. Returns 0, and the words say nothing, where other characters stand there.
int csha256_read_hex(const uint8_t text[64], uint64_t words[4]);

/// 1 where the processor's SHA instructions are used.
int csha256_accelerated(void);

#endif
