// Where the strings of a JSON text begin and end, found many bytes at a time.
#ifndef CQUOTES_H
#define CQUOTES_H

#include <stddef.h>
#include <stdint.h>

/// Sets a bit for each quote: that of byte `i` is bit `i % 64` of word `i / 64`. All words that the
/// bytes reach into are written.
///
/// Returns 1 where every byte is plain: ASCII, no control character, no backslash. Every quote then
/// begins or ends a string. Returns 0 elsewhere, and the words say nothing.
int cquotes_mark(const uint8_t *bytes, size_t count, uint64_t *words);

/// The same as processors without wide registers do it.
int cquotes_mark_narrow(const uint8_t *bytes, size_t count, uint64_t *words);

/// The same a byte at a time: what tests compare with.
int cquotes_mark_portable(const uint8_t *bytes, size_t count, uint64_t *words);

#endif
