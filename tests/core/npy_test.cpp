#include "core/npy.hpp"

#include <unistd.h>

#include <cmath>
#include <limits>

#include "core/expect_error.hpp"
#include "core/file_bytes.hpp"
#include "core/temporary_folder.hpp"

namespace regimetry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Shape = std::vector<std::int64_t>;

std::string padded_header(std::string text, std::size_t size) {
  text.append(size - 10 - 1 - text.size(), ' ');
  return text + "\n";
}

NpyArray array_of(std::string_view descr, std::int64_t count, std::string_view data) {
  return parse_npy(npy_bytes("{'descr': '" + std::string(descr) + "', 'fortran_order': False, 'shape': (" +
                                 std::to_string(count) + ",), }\n",
                             data),
                   "x.npy");
}

// The bytes numpy.save of NumPy 1.24 writes for numpy.array([[1, 2.5], [-3, 0]], dtype) with the dtypes
// named.
TEST(WriteNpy, WritesTheBytesThatNumpyWrites) {
  const TemporaryFolder folder;
  const Shape shape{2, 2};
  write_npy(folder / "f4.npy", std::vector<float>{1, 2.5F, -3, 0}, shape);
  EXPECT_EQ(TemporaryFolder::read(folder / "f4.npy"),
            npy_bytes(padded_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", 128),
                      std::string("\0\0\x80\x3f\0\0\x20\x40\0\0\x40\xc0\0\0\0\0", 16)));
  write_npy(folder / "f8.npy", std::vector<double>{1, 2.5, -3, 0}, shape);
  EXPECT_EQ(
      TemporaryFolder::read(folder / "f8.npy"),
      npy_bytes(
          padded_header("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", 128),
          std::string("\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\x04\x40\0\0\0\0\0\0\x08\xc0\0\0\0\0\0\0\0\0", 32)));
  write_npy(folder / "i8.npy", std::vector<std::int64_t>{1, -2}, Shape{2});
  EXPECT_EQ(TemporaryFolder::read(folder / "i8.npy"),
            npy_bytes(padded_header("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", 128),
                      std::string("\x01\0\0\0\0\0\0\0\xfe\xff\xff\xff\xff\xff\xff\xff", 16)));
  write_npy(folder / "i4.npy", std::vector<std::int32_t>{7}, Shape{});
  EXPECT_EQ(TemporaryFolder::read(folder / "i4.npy"),
            npy_bytes(padded_header("{'descr': '<i4', 'fortran_order': False, 'shape': (), }", 128),
                      std::string("\x07\0\0\0", 4)));
}

TEST(WriteNpy, ReadsBackTheSameBits) {
  const TemporaryFolder folder;
  const std::vector<double> values{0.0, -0.0, std::nan(""), INFINITY, 5e-324, 0.1};
  write_npy(folder / "x.npy", values, Shape{3, 1, 2});
  const NpyArray array = read_npy(folder / "x.npy");
  EXPECT_EQ(array.type, NpyType::kFloat64);
  EXPECT_THAT(array.shape, ElementsAre(3, 1, 2));
  EXPECT_EQ(array.element_count(), 6);
  EXPECT_EQ(std::memcmp(array.data.data(), values.data(), 48), 0);
}

TEST(WriteNpy, WritesEmptyArrays) {
  const TemporaryFolder folder;
  write_npy(folder / "x.npy", std::span<const float>(), Shape{0, 3});
  EXPECT_EQ(read_npy(folder / "x.npy").element_count(), 0);
}

TEST(WriteNpy, RefusesAShapeThatTheValuesDoNotFill) {
  const TemporaryFolder folder;
  const std::vector<float> values(6);
  for (const Shape& shape : {Shape{5}, Shape{7}, Shape{}, Shape{-6}, Shape{0}}) {
    EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { write_npy(folder / "x.npy", values, shape); }),
                HasSubstr("6 values do not fill"));
  }
  EXPECT_EQ(folder.file_count(), 0);
}

TEST(ReadNpy, ReadsMoreThanOneBlock) {
  const TemporaryFolder folder;
  std::vector<std::int32_t> values(100'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int32_t>(i * 7919);
  write_npy(folder / "x.npy", values, Shape{100'000});
  const std::vector<std::int64_t> read = read_npy(folder / "x.npy").as_int64();
  EXPECT_TRUE(std::equal(read.begin(), read.end(), values.begin(), values.end()));
}

TEST(ReadNpy, NamesTheFileAndDoesNotAllocateWhatItLacks) {
  const TemporaryFolder folder;
  const std::string bytes =
      npy_bytes("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,), }\n", "x");
  const auto path = folder.write("large.npy", bytes);
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = read_npy(path); }),
              HasSubstr(path.string() + ": the header says shape (99999999999999,) float64"));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = read_npy(folder / "none.npy"); }),
              HasSubstr("there is no such file"));
}

// A file with holes can be as large as it says and still exceed any memory.
TEST(ReadNpy, RefusesMoreThanTheMemoryOfTheMachine) {
  const TemporaryFolder folder;
  const std::string bytes =
      npy_bytes("{'descr': '|u1', 'fortran_order': False, 'shape': (4398046511104,), }\n", "");
  const auto path = folder.write("sparse.npy", bytes);
  if (::truncate(path.c_str(), static_cast<off_t>(bytes.size() + 4398046511104)) != 0) {
    GTEST_SKIP() << "this file system has no files of 4 TiB";
  }
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = read_npy(path); }),
              HasSubstr("bytes of memory"));
}

TEST(ParseNpy, RefusesBoolsThatAreNeitherTrueNorFalse) {
  EXPECT_EQ(array_of("|b1", 2, std::string("\0\x01", 2)).as_int64(), (std::vector<std::int64_t>{0, 1}));
  EXPECT_THAT(
      message_of(ErrorKind::kData, [] { std::ignore = array_of("|b1", 3, std::string("\0\x01\x02", 3)); }),
      HasSubstr("x.npy: element [2] of a bool array is the byte 2"));
}

TEST(NpyArray, ConvertsEveryType) {
  EXPECT_THAT(array_of("|i1", 2, bytes_of<std::int8_t>({-128, 127})).as_float64(), ElementsAre(-128, 127));
  EXPECT_THAT(array_of("|u1", 2, bytes_of<std::uint8_t>({0, 255})).as_float32(), ElementsAre(0, 255));
  EXPECT_THAT(array_of("<i2", 2, bytes_of<std::int16_t>({-32768, 1})).as_int64(), ElementsAre(-32768, 1));
  EXPECT_THAT(array_of("<u2", 1, bytes_of<std::uint16_t>({65535})).as_int64(), ElementsAre(65535));
  EXPECT_THAT(array_of("<i4", 1, bytes_of<std::int32_t>({INT32_MIN})).as_float64(),
              ElementsAre(-2147483648.0));
  EXPECT_THAT(array_of("<u4", 1, bytes_of<std::uint32_t>({UINT32_MAX})).as_int64(), ElementsAre(4294967295));
  EXPECT_THAT(array_of("<i8", 1, bytes_of<std::int64_t>({INT64_MIN})).as_int64(), ElementsAre(INT64_MIN));
  EXPECT_THAT(array_of("<u8", 1, bytes_of<std::uint64_t>({5})).as_float32(), ElementsAre(5));
  EXPECT_THAT(array_of("<f4", 2, bytes_of<float>({0.5F, -8})).as_float64(), ElementsAre(0.5, -8));
  EXPECT_THAT(array_of("<f8", 2, bytes_of<double>({0.1, 3})).as_float32(), ElementsAre(0.1F, 3));
  EXPECT_THAT(array_of("<f8", 1, bytes_of<double>({-42})).as_int64(), ElementsAre(-42));
  EXPECT_THAT(array_of("|b1", 2, std::string("\x01\0", 2)).as_float32(), ElementsAre(1, 0));
}

TEST(NpyArray, SaysWhichElementDoesNotFit) {
  const NpyArray large = array_of("<u8", 2, bytes_of<std::uint64_t>({1, UINT64_C(1) << 63}));
  EXPECT_THAT(
      message_of(ErrorKind::kData, [&] { std::ignore = large.as_int64(); }),
      HasSubstr(
          "element [1] of a uint64 array of shape (2,) is 9223372036854775808, which does not fit int64"));
  const NpyArray fraction = array_of("<f8", 1, bytes_of<double>({0.5}));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = fraction.as_int64(); }), HasSubstr("is 0.5"));
  const NpyArray precise = array_of("<i4", 1, bytes_of<std::int32_t>({16'777'217}));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = precise.as_float32(); }),
              HasSubstr("16777217"));
  const NpyArray huge = array_of("<f8", 1, bytes_of<double>({1e300}));
  EXPECT_THAT(message_of(ErrorKind::kData, [&] { std::ignore = huge.as_float32(); }), HasSubstr("1e+300"));
}

TEST(NpyArray, NoticesDataThatDoesNotFillItsShape) {
  const NpyArray broken{NpyType::kFloat64, {2}, std::vector<std::byte>(17)};
  EXPECT_THAT(message_of(ErrorKind::kInternal, [&] { std::ignore = broken.element_count(); }),
              HasSubstr("17 bytes"));
}

}  // namespace
}  // namespace regimetry
