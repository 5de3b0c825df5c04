#include "core/sha256.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/sha256_blocks.hpp"

namespace regimetry {
namespace {

// FIPS 180-2, appendix B, and the "SHA Test Vectors" of NIST's validation programme.
constexpr const char* kOfEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfMillionAs = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), kOfEmpty);
  EXPECT_EQ(sha256_hex("abc"), kOfAbc);
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
                 "lmnopqrsmnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), kOfMillionAs);
}

std::string digest_text(const std::array<std::uint8_t, 32>& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

TEST(Sha256, DoesNotDependOnHowTheInputIsCut) {
  const std::string text = std::string(150, 'x') + std::string(151, 'y');
  const std::string whole = sha256_hex(text);
  for (std::size_t first = 0; first <= text.size(); first += 7) {
    for (std::size_t second = first; second <= text.size(); second += 13) {
      Sha256 hash;
      const std::string_view view = text;
      hash.update(view.substr(0, first))
          .update(view.substr(first, second - first))
          .update(view.substr(second));
      ASSERT_EQ(digest_text(hash.finish()), whole);
    }
  }
}

// The whole function in its plainest form, over the portable block function alone.
template <typename Blocks>
detail::Sha256State plain_sha256(std::string text, Blocks blocks) {
  const std::uint64_t bit_count = text.size() * 8;
  text += '\x80';
  while (text.size() % 64 != 56) text += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bit_count >> shift);
  detail::Sha256State state = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                               0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
  blocks(state, reinterpret_cast<const std::uint8_t*>(text.data()), text.size() / 64);
  return state;
}

std::string varied_text(std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * i * 31 + i * 7 + length);
  return text;
}

TEST(Sha256, PadsEveryLengthAsThePlainForm) {
  for (std::size_t length = 0; length <= 300; ++length) {
    const std::string text = varied_text(length);
    std::string expected;
    for (const std::uint32_t word : plain_sha256(text, detail::sha256_blocks_portable)) {
      for (int shift = 28; shift >= 0; shift -= 4) expected += "0123456789abcdef"[word >> shift & 15U];
    }
    ASSERT_EQ(sha256_hex(text), expected) << length;
  }
}

TEST(Sha256Blocks, PortableFormGivesAPublishedDigest) {
  const detail::Sha256State abc = {0xba7816bfU, 0x8f01cfeaU, 0x414140deU, 0x5dae2223U,
                                   0xb00361a3U, 0x96177a9cU, 0xb410ff61U, 0xf20015adU};
  EXPECT_EQ(plain_sha256("abc", detail::sha256_blocks_portable), abc);
}

TEST(Sha256Blocks, HardwareAgreesWithThePortableForm) {
  if (!detail::has_sha256_instructions()) GTEST_SKIP() << "this processor has no SHA instructions";
  for (std::size_t length = 0; length <= 300; ++length) {
    const std::string text = varied_text(length);
    ASSERT_EQ(plain_sha256(text, detail::sha256_blocks_hardware),
              plain_sha256(text, detail::sha256_blocks_portable))
        << length;
  }
}

class Sha256File : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "sha256_XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(Sha256File, HashesWhatIsInTheFile) {
  const auto path = folder_ / "a.bin";
  std::ofstream(path, std::ios::binary) << std::string(1'000'000, 'a');
  EXPECT_EQ(sha256_file_hex(path), kOfMillionAs);
  std::ofstream(folder_ / "empty").flush();
  EXPECT_EQ(sha256_file_hex(folder_ / "empty"), kOfEmpty);
}

TEST_F(Sha256File, NamesAFileThatCannotBeRead) {
  for (const auto& path : {folder_ / "missing.csv", folder_}) {  // a folder opens, but cannot be read
    try {
      (void)sha256_file_hex(path);
      FAIL() << "no error for " << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData);
      EXPECT_NE(std::string(error.what()).find(path.string()), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace regimetry
