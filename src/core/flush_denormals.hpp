// Arithmetic on the thread that holds one of these gives 0 where it would give a denormal number, and reads
// denormals as 0.
//
// Why: numbers below 1.2e-38 (float) cost a processor some hundred cycles each instead of one. The state of a
// recurrent network decays into them, and so does a well-trained softmax; a network can then run a hundred
// times slower for digits that mean nothing.
//
//   const FlushDenormals flushed;   // first line of what a compute thread runs
//
// The mode belongs to the thread. A thread inherits it from the one that starts it, so a pool made before
// this does not have it: hold one inside the body of ThreadPool::parallel_for. Results change by less than
// 1.2e-38 per operation; feature arithmetic and random draws, whose bits are promised, never run under it.
// Processors other than x86-64 and 64-bit Arm: does nothing.
#pragma once

#include <cstdint>

#if defined(__x86_64__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace regimetry {

class FlushDenormals {
 public:
  FlushDenormals() noexcept : before_(control()) { set_control(before_ | kFlushBits); }
  ~FlushDenormals() { set_control(before_); }
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

  // For the rest of the calling thread's life: for threads that someone else keeps.
  static void activate() noexcept { set_control(control() | kFlushBits); }
  // Whether the calling thread flushes. Always false where this class does nothing.
  [[nodiscard]] static bool is_active() noexcept {
    return kFlushBits != 0 && (control() & kFlushBits) == kFlushBits;
  }

 private:
#if defined(__x86_64__) || defined(_M_X64)
  static constexpr std::uint64_t kFlushBits = 0x8040;  // results (FTZ) and operands (DAZ)
  static std::uint64_t control() noexcept {
    return _mm_getcsr();
  }
  static void set_control(std::uint64_t bits) noexcept {
    _mm_setcsr(static_cast<unsigned>(bits));
  }
#elif defined(__aarch64__)
  static constexpr std::uint64_t kFlushBits = std::uint64_t{1} << 24;  // FZ: results and operands
  static std::uint64_t control() noexcept {
    std::uint64_t bits = 0;
    asm volatile("mrs %0, fpcr" : "=r"(bits));
    return bits;
  }
  static void set_control(std::uint64_t bits) noexcept {
    asm volatile("msr fpcr, %0" : : "r"(bits));
  }
#else
  static constexpr std::uint64_t kFlushBits = 0;
  static std::uint64_t control() noexcept {
    return 0;
  }
  static void set_control(std::uint64_t) noexcept {}
#endif

  std::uint64_t before_;
};

}  // namespace regimetry
