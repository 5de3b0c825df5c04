#include "core/fingerprint.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "core/sha256.hpp"

namespace regimetry {
namespace {

using Pieces = std::array<std::string_view, 2>;

TEST(Fingerprint, OfLittleDataIsItsDigestHoweverItIsCut) {
  const Fingerprint fingerprint = fingerprint_of(Pieces{"ab", "c"});
  EXPECT_EQ(fingerprint.bytes, 3U);
  EXPECT_EQ(fingerprint.sha256, sha256_hex("abc"));
  EXPECT_EQ(fingerprint, fingerprint_of(Pieces{"", "abc"}));
}

TEST(Fingerprint, OfMuchDataTellsItsEndsAndItsLength) {
  std::string data((std::size_t{64} << 20) + 12'345, 'x');
  const Fingerprint before = fingerprint_of(Pieces{data, ""});
  EXPECT_EQ(before, fingerprint_of(
                        Pieces{std::string_view(data).substr(0, 777), std::string_view(data).substr(777)}));
  EXPECT_NE(before, fingerprint_of(Pieces{data, "x"}));
  data.back() = 'y';
  const Fingerprint last = fingerprint_of(Pieces{data, ""});
  EXPECT_NE(before, last);
  data.front() = 'y';
  EXPECT_NE(last, fingerprint_of(Pieces{data, ""}));
}

}  // namespace
}  // namespace regimetry
