#include "report/gzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace regimetry::report {
namespace {

std::string unpacked(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(1 << 20, '\0');
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(Gzip, ComesBackAsItWas) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(100'000, 'x'), std::string("\0\xff", 2)})
    EXPECT_EQ(unpacked(gzip(text)), text);
  EXPECT_LT(gzip(std::string(100'000, 'x')).size(), 1000U);
}

// A time in the header would make reports of the same data differ.
TEST(Gzip, HasNoTimeInItsHeader) {
  EXPECT_EQ(gzip("abc").substr(4, 4), std::string(4, '\0'));
}

}  // namespace
}  // namespace regimetry::report
