#include "core/npy_header.hpp"

#include "core/expect_error.hpp"
#include "core/file_bytes.hpp"

namespace regimetry {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

NpyHeader parse(std::string_view header, std::size_t data_bytes, int major = 1) {
  const std::string bytes = npy_bytes(header, std::string(data_bytes, '\0'), major);
  return parse_npy_header(bytes, bytes.size(), "x.npy");
}

std::string refusal(std::string_view header, std::size_t data_bytes = 0) {
  return message_of(ErrorKind::kData, [&] { std::ignore = parse(header, data_bytes); });
}

std::string refusal_of_bytes(std::string_view bytes) {
  return message_of(ErrorKind::kData, [&] { std::ignore = parse_npy_header(bytes, bytes.size(), "x.npy"); });
}

TEST(NpyHeader, ReadsTypeShapeAndWhereTheDataIs) {
  const NpyHeader header = parse("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }\n", 120);
  EXPECT_EQ(header.type, NpyType::kFloat32);
  EXPECT_THAT(header.shape, ElementsAre(10, 3));
  EXPECT_EQ(header.data_offset, 10U + 61U);
  EXPECT_EQ(header.data_bytes, 120U);
}

TEST(NpyHeader, ReadsEveryType) {
  const std::vector<std::pair<std::string, NpyType>> types{
      {"|b1", NpyType::kBool},    {"|i1", NpyType::kInt8},    {"<i2", NpyType::kInt16},
      {"<i4", NpyType::kInt32},   {"<i8", NpyType::kInt64},   {"|u1", NpyType::kUint8},
      {"<u2", NpyType::kUint16},  {"<u4", NpyType::kUint32},  {"<u8", NpyType::kUint64},
      {"<f4", NpyType::kFloat32}, {"<f8", NpyType::kFloat64}, {"<i1", NpyType::kInt8}};
  for (const auto& [descr, type] : types) {
    const auto bytes = static_cast<std::size_t>(descr[2] - '0');
    EXPECT_EQ(byte_size(type), bytes) << descr;
    const NpyHeader header =
        parse("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (3,), }\n", 3 * bytes);
    EXPECT_EQ(header.type, type) << descr;
  }
}

TEST(NpyHeader, ReadsTheSpellingsThatPythonAllows) {
  EXPECT_THAT(parse("{'shape':(2,3),\"fortran_order\":False,'descr':\"|u1\"}", 6).shape, ElementsAre(2, 3));
  EXPECT_THAT(parse("{ 'descr' : '|u1' , 'fortran_order' : False , 'shape' : ( ) , }   \n", 1).shape,
              ElementsAre());
  EXPECT_THAT(parse("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 5), }\n", 0).shape,
              ElementsAre(0, 5));
  EXPECT_THAT(parse("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 2), }\n", 2)
                  .shape.size(),
              8U);
}

TEST(NpyHeader, ReadsVersionTwoWithItsLongerLength) {
  EXPECT_EQ(parse("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", 8, 2).data_offset,
            12U + 58U);
}

TEST(NpyHeader, SaysHowManyBytesAreMissingOrLeftOver) {
  EXPECT_THAT(
      refusal("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }\n", 96),
      StartsWith("x.npy: the header says shape (10, 3) float32, which is 120 bytes, but the file holds 96"));
  EXPECT_THAT(refusal("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }\n", 121),
              HasSubstr("holds 121"));
  EXPECT_THAT(refusal("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }\n", 1),
              HasSubstr("holds 1"));
}

TEST(NpyHeader, RefusesShapesThatOverflow) {
  const std::string begin = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
  EXPECT_THAT(refusal(begin + "(4294967296, 4294967296), }\n"), HasSubstr("more than any file holds"));
  EXPECT_THAT(refusal(begin + "(2305843009213693952,), }\n"),
              HasSubstr("more than any file holds"));  // x 8 = 2^64
  EXPECT_THAT(refusal(begin + "(9223372036854775808,), }\n"), HasSubstr("does not fit 64 bits"));
  EXPECT_THAT(refusal(begin + "(99999999999999999999999,), }\n"), HasSubstr("does not fit 64 bits"));
  EXPECT_THAT(refusal(begin + "(-1,), }\n"), HasSubstr("negative"));
  EXPECT_THAT(refusal(begin + "(1, 1, 1, 1, 1, 1, 1, 1, 1), }\n"), HasSubstr("more than 8 axes"));
}

TEST(NpyHeader, RefusesWhatIsNotPythonsShape) {
  const std::string begin = "{'descr': '|u1', 'fortran_order': False, 'shape': ";
  for (const char* shape : {"(3)", "3", "[3]", "(3 4)", "(3,,)", "(,)", "(3", "(3.0,)", "(0x3,)", "(03,)",
                            "(-0,)", "(+3,)", "('3',)", "(3L,)", "None", "(True,)", "((3,),)"}) {
    EXPECT_THAT(refusal(begin + shape + ", }\n", 3), AllOf(StartsWith("x.npy: "), HasSubstr("character")))
        << shape;
  }
}

TEST(NpyHeader, RefusesTypesByName) {
  const auto refusal_of_type = [](const std::string& descr) {
    return refusal("{'descr': " + descr + ", 'fortran_order': False, 'shape': (1,), }\n", 8);
  };
  EXPECT_THAT(refusal_of_type("'|O'"), AllOf(HasSubstr("Python objects"), HasSubstr("allow_pickle=False")));
  EXPECT_THAT(refusal_of_type("'|O8'"), HasSubstr("Python objects"));
  EXPECT_THAT(refusal_of_type("'>f8'"), HasSubstr("big-endian"));
  EXPECT_THAT(refusal_of_type("'=f8'"), HasSubstr("not read here"));
  EXPECT_THAT(refusal_of_type("'<M8[ns]'"), HasSubstr("nanoseconds"));
  EXPECT_THAT(refusal_of_type("'<U2'"), HasSubstr("texts"));
  EXPECT_THAT(refusal_of_type("'<c8'"), HasSubstr("complex"));
  EXPECT_THAT(refusal_of_type("'|V8'"), HasSubstr("records"));
  EXPECT_THAT(refusal_of_type("'<f2'"), HasSubstr("float32"));
  EXPECT_THAT(refusal_of_type("'<f16'"), HasSubstr("not read here"));
  EXPECT_THAT(refusal_of_type("''"), HasSubstr("not read here"));
  EXPECT_THAT(refusal_of_type("[('a', '<f4'), ('b', '<f4')]"), HasSubstr("structured array"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': True, 'shape': (1,), }\n", 8),
              HasSubstr("Fortran order"));
}

TEST(NpyHeader, RefusesDictionariesThatAreNotExactlyThree) {
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': False, }\n", 8), HasSubstr("no key 'shape'"));
  EXPECT_THAT(refusal("{'fortran_order': False, 'shape': (1,), }\n", 8), HasSubstr("no key 'descr'"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'shape': (1,), }\n", 8), HasSubstr("no key 'fortran_order'"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", 8),
              HasSubstr("'descr' twice"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}\n", 8),
              HasSubstr("unknown key 'x'"));
  EXPECT_THAT(
      refusal("{'descr': __import__('os').system('true'), 'fortran_order': False, 'shape': (1,)}\n", 8),
      HasSubstr("expected a quoted text"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }\n", 8),
              HasSubstr("True or False"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': Falsehood, 'shape': (1,), }\n", 8),
              HasSubstr("expected '}'"));
  EXPECT_THAT(refusal("{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (1,), }\n", 8),
              HasSubstr("backslash"));
  EXPECT_THAT(refusal("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } evil()\n", 8),
              HasSubstr("more text"));
  EXPECT_THAT(refusal("", 8), HasSubstr("expected '{'"));
  EXPECT_THAT(
      refusal(std::string_view("{'descr': '<f8'\0, 'fortran_order': False, 'shape': (1,), }\n", 60), 8),
      HasSubstr("expected '}'"));
}

TEST(NpyHeader, RefusesWhatIsNotANpyFile) {
  EXPECT_THAT(refusal_of_bytes(""), HasSubstr("is empty"));
  EXPECT_THAT(refusal_of_bytes("PK\x03\x04 a .npz file"), HasSubstr("starts with 'PK\\x03\\x04 a .'"));
  EXPECT_THAT(refusal_of_bytes("\x93NUM"), HasSubstr("ends after 4 bytes"));
  EXPECT_THAT(refusal_of_bytes(std::string("\x93NUMPY\x02\0\x01\0", 10)), HasSubstr("ends after 10 bytes"));
  EXPECT_THAT(refusal_of_bytes(std::string("\x93NUMPY\x03\0\x01\0\0\0x", 13)), HasSubstr("version 3.0"));
  EXPECT_THAT(refusal_of_bytes(std::string("\x93NUMPY\x01\x01\x01\0x", 11)), HasSubstr("version 1.1"));
  EXPECT_THAT(refusal_of_bytes(std::string("\x93NUMPY\x01\0\x09\0{}", 12)), HasSubstr("ends after 2 more"));
  EXPECT_THAT(refusal_of_bytes(std::string("\x93NUMPY\x02\0\xff\xff\xff\xff{}", 14)),
              HasSubstr("4294967295 bytes"));
}

// NEP 1, "Format Specification: Version 1.0": the total of magic, version, length and text is a multiple
// of 64.
TEST(FormatNpyHeader, IsTheOneOfTheDefinition) {
  const std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }";
  const std::string expected =
      std::string("\x93NUMPY\x01\0\x76\0", 10) + text + std::string(117 - text.size(), ' ') + "\n";
  ASSERT_EQ(expected.size(), 128U);
  EXPECT_EQ(format_npy_header(NpyType::kFloat32, std::vector<std::int64_t>{3, 4}), expected);
}

TEST(FormatNpyHeader, ReadsBackAndIsAlignedForEveryShape) {
  const std::vector<std::vector<std::int64_t>> shapes{
      {},
      {0},
      {5},
      {INT64_MAX / 8},
      {1, 2, 3, 4, 5, 6, 7, 8},
      {0, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX}};
  for (const auto& shape : shapes) {
    const std::string header = format_npy_header(NpyType::kFloat64, shape);
    EXPECT_EQ(header.size() % 64, 0U);
    EXPECT_EQ(header.back(), '\n');
    std::int64_t elements = 1;
    for (const std::int64_t extent : shape) elements = elements == 0 || extent == 0 ? 0 : elements * extent;
    const NpyHeader parsed =
        parse_npy_header(header, header.size() + 8 * static_cast<std::uintmax_t>(elements), "x.npy");
    EXPECT_EQ(parsed.shape, shape);
    EXPECT_EQ(parsed.type, NpyType::kFloat64);
  }
}

TEST(FormatNpyHeader, RefusesMoreAxesThanCanBeReadBack) {
  const std::vector<std::int64_t> shape(9, 1);
  EXPECT_THAT(
      message_of(ErrorKind::kInternal, [&] { std::ignore = format_npy_header(NpyType::kBool, shape); }),
      HasSubstr("9 axes"));
}

}  // namespace
}  // namespace regimetry
