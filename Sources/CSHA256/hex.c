#include <string.h>

#include "CSHA256.h"

#define EACH(byte) (0x0101010101010101u * (byte))

static inline uint64_t little_endian(uint64_t word) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return word;
#else
  return __builtin_bswap64(word);
#endif
}

// Eight digits at once: each byte of a word is one. Written so that the compiler takes several words
// side by side, and writes the results as it does: four words that were written one by one would keep
// whoever reads them together waiting.
__attribute__((always_inline)) static inline int read(
    const uint8_t text[64], uint64_t words[4]) {
  uint64_t digits[8], halves[8], odd = 0;
  memcpy(digits, text, sizeof digits);
  for (int i = 0; i < 8; i++) {
    uint64_t word = little_endian(digits[i]);
    // Letters have bit 6 set, and count nine more than their low four bits.
    uint64_t sixes = (word >> 6) & EACH(1);
    uint64_t values = (word & EACH(15)) + (sixes << 3) + sixes;
    // Whatever is no digit is spelled otherwise than its value would be.
    uint64_t letter = ((values + EACH(6)) >> 4) & EACH(1);
    uint64_t spelled = values + EACH(0x30) + (letter << 5) + (letter << 2) + (letter << 1) + letter;
    odd |= (values & EACH(0xf0)) | (spelled ^ word);
    // The first digit is in the lowest byte, and counts most.
    uint64_t pairs = (values << 4 | values >> 8) & 0x00ff00ff00ff00ff;
    uint64_t fours = (pairs << 8 | pairs >> 16) & 0x0000ffff0000ffff;
    halves[i] = (fours << 16 | fours >> 32) & 0xffffffff;
  }
  uint64_t read[4];
  for (int i = 0; i < 4; i++) read[i] = halves[2 * i] << 32 | halves[2 * i + 1];
  memcpy(words, read, sizeof read);
  return odd == 0;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static int read_wide(const uint8_t text[64], uint64_t words[4]) {
  return read(text, words);
}

#endif

int csha256_read_hex(const uint8_t text[64], uint64_t words[4]) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return read_wide(text, words);
#endif
  return read(text, words);
}
