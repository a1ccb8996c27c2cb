#include "CQuotes.h"

#include <string.h>

#if defined(__x86_64__)

#include <immintrin.h>

// SSE2 is part of every x86-64.
static inline uint64_t mark_16(const uint8_t *bytes, __m128i *odd) {
  const __m128i chunk = _mm_loadu_si128((const __m128i *)bytes);
  // As signed bytes, control characters and all beyond ASCII are below the blank.
  const __m128i low = _mm_cmplt_epi8(chunk, _mm_set1_epi8(0x20));
  const __m128i backslash = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\\'));
  *odd = _mm_or_si128(*odd, _mm_or_si128(low, backslash));
  const __m128i quote = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('"'));
  return (uint64_t)(uint32_t)_mm_movemask_epi8(quote);
}

// Returns whether all of a block's bytes are plain.
static inline int mark_block(const uint8_t *bytes, uint64_t *word) {
  __m128i odd = _mm_setzero_si128();
  *word = mark_16(bytes, &odd);
  *word |= mark_16(bytes + 16, &odd) << 16;
  *word |= mark_16(bytes + 32, &odd) << 32;
  *word |= mark_16(bytes + 48, &odd) << 48;
  return _mm_movemask_epi8(odd) == 0;
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static inline uint64_t mark_8(uint8x8_t quote) {
  const uint8x8_t bits = {1, 2, 4, 8, 16, 32, 64, 128};
  return vaddv_u8(vand_u8(quote, bits));
}

static inline int mark_block(const uint8_t *bytes, uint64_t *word) {
  uint8x16_t odd = vdupq_n_u8(0);
  *word = 0;
  for (int i = 0; i < 4; i++) {
    const uint8x16_t chunk = vld1q_u8(bytes + 16 * i);
    odd = vorrq_u8(odd, vcltq_u8(chunk, vdupq_n_u8(0x20)));
    odd = vorrq_u8(odd, vcgeq_u8(chunk, vdupq_n_u8(0x80)));
    odd = vorrq_u8(odd, vceqq_u8(chunk, vdupq_n_u8('\\')));
    const uint8x16_t quote = vceqq_u8(chunk, vdupq_n_u8('"'));
    *word |= (mark_8(vget_low_u8(quote)) | mark_8(vget_high_u8(quote)) << 8) << (16 * i);
  }
  return vmaxvq_u8(odd) == 0;
}

#else

static inline int mark_block(const uint8_t *bytes, uint64_t *word) {
  return cquotes_mark_portable(bytes, 64, word);
}

#endif

#if defined(__x86_64__)

// A word at a time, where the processor has registers as wide.
__attribute__((target("avx512f,avx512bw"))) static int mark_wide(
    const uint8_t *bytes, size_t count, uint64_t *words) {
  const __m512i blank = _mm512_set1_epi8(0x20), quote = _mm512_set1_epi8('"');
  const __m512i backslash = _mm512_set1_epi8('\\');
  uint64_t odd = 0;
  for (size_t i = 0; i < count; i += 64) {
    // Nothing behind the bytes is read, and what is left out is blank.
    const __mmask64 there = count - i < 64 ? ((uint64_t)1 << (count - i)) - 1 : ~(uint64_t)0;
    const __m512i chunk = _mm512_mask_loadu_epi8(blank, there, bytes + i);
    odd |= _mm512_cmplt_epi8_mask(chunk, blank) | _mm512_cmpeq_epi8_mask(chunk, backslash);
    words[i / 64] = _mm512_cmpeq_epi8_mask(chunk, quote);
  }
  return odd == 0;
}

#endif

int cquotes_mark_narrow(const uint8_t *bytes, size_t count, uint64_t *words) {
  int plain = 1;
  for (; count >= 64; count -= 64, bytes += 64) plain &= mark_block(bytes, words++);
  if (count > 0) {
    // Nothing behind the bytes is read.
    uint8_t rest[64];
    memset(rest, ' ', sizeof rest);
    memcpy(rest, bytes, count);
    plain &= mark_block(rest, words);
  }
  return plain;
}

int cquotes_mark(const uint8_t *bytes, size_t count, uint64_t *words) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return mark_wide(bytes, count, words);
#endif
  return cquotes_mark_narrow(bytes, count, words);
}

int cquotes_mark_portable(const uint8_t *bytes, size_t count, uint64_t *words) {
  int plain = 1;
  for (size_t i = 0; i < count; i++) {
    if (i % 64 == 0) words[i / 64] = 0;
    if (bytes[i] == '"') words[i / 64] |= (uint64_t)1 << i % 64;
    plain &= bytes[i] >= 0x20 && bytes[i] < 0x80 && bytes[i] != '\\';
  }
  return plain;
}
