#include "core/safetensors_header.hpp"

#include "core/expect_error.hpp"
#include "core/file_bytes.hpp"

namespace regimetry {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

SafetensorsHeader parse(std::string_view json, std::uintmax_t data_bytes) {
  return parse_safetensors_header(json, data_bytes, "m.safetensors");
}

std::string refusal(std::string_view json, std::uintmax_t data_bytes = 0) {
  return message_of(ErrorKind::kData, [&] { std::ignore = parse(json, data_bytes); });
}

// One tensor 'w' with the given fields.
std::string tensor(std::string_view fields) {
  return "{\"w\":{" + std::string(fields) + "}}";
}

TEST(SafetensorsHeader, ReadsTensorsInTheOrderOfTheirData) {
  const SafetensorsHeader header =
      parse(R"({"b":{"dtype":"F32","shape":[2,3],"data_offsets":[2,26]},"__metadata__":{"k":"v","e":""},)"
            R"("a":{"data_offsets":[0,2],"shape":[],"dtype":"BF16"}}   )",
            26);
  ASSERT_EQ(header.tensors.size(), 2U);
  EXPECT_EQ(header.tensors[0].name, "a");
  EXPECT_EQ(header.tensors[0].type, TensorType::kBfloat16);
  EXPECT_THAT(header.tensors[0].shape, ElementsAre());
  EXPECT_EQ(header.tensors[1].name, "b");
  EXPECT_THAT(header.tensors[1].shape, ElementsAre(2, 3));
  EXPECT_EQ(header.tensors[1].begin, 2U);
  EXPECT_EQ(header.tensors[1].end, 26U);
  EXPECT_THAT(header.metadata, ElementsAre(testing::Pair("e", ""), testing::Pair("k", "v")));
}

TEST(SafetensorsHeader, ReadsEveryType) {
  const std::vector<std::pair<std::string, std::size_t>> types{
      {"BOOL", 1}, {"I8", 1},  {"U8", 1},  {"I16", 2},  {"U16", 2}, {"I32", 4}, {"U32", 4},
      {"I64", 8},  {"U64", 8}, {"F16", 2}, {"BF16", 2}, {"F32", 4}, {"F64", 8}};
  for (const auto& [name, bytes] : types) {
    const std::string end = std::to_string(3 * bytes);
    const SafetensorsHeader header =
        parse(tensor("\"dtype\":\"" + name + "\",\"shape\":[3],\"data_offsets\":[0," + end + "]"), 3 * bytes);
    EXPECT_EQ(type_name(header.tensors.at(0).type), name);
    EXPECT_EQ(byte_size(header.tensors.at(0).type), bytes);
  }
}

TEST(SafetensorsHeader, AcceptsNoTensorsAndEmptyTensors) {
  EXPECT_TRUE(parse("{}", 0).tensors.empty());
  EXPECT_EQ(parse(tensor(R"("dtype":"F64","shape":[0,5],"data_offsets":[0,0])"), 0).tensors.size(), 1U);
}

TEST(SafetensorsHeader, RefusesEqualKeys) {
  const std::string one = R"({"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  const std::string two = R"({"dtype":"U8","shape":[1],"data_offsets":[1,2]})";
  EXPECT_THAT(refusal("{\"w\":" + one + ",\"w\":" + two + "}", 2), HasSubstr("the header has 'w' twice"));
  EXPECT_THAT(refusal("{\"w\":" + one + ",\"\\u0077\":" + two + "}", 2), HasSubstr("'w' twice"))
      << "however spelled";
  EXPECT_THAT(refusal(R"({"__metadata__":{},"__metadata__":{}})"), HasSubstr("twice"));
  EXPECT_THAT(refusal(R"({"__metadata__":{"a":"1","a":"2"}})"), HasSubstr("the metadata has 'a' twice"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1])"), 1),
              HasSubstr("'dtype' twice"));
}

TEST(SafetensorsHeader, RefusesOverlapsHolesAndLeftovers) {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + first +
           R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + second + "}}";
  };
  EXPECT_EQ(parse(two("[4,8]", "[0,4]"), 8).tensors.size(), 2U);
  EXPECT_THAT(refusal(two("[0,4]", "[2,6]"), 6), HasSubstr("tensor 'b' begins at byte 2"));
  EXPECT_THAT(refusal(two("[0,4]", "[0,4]"), 4), HasSubstr("tensor 'b' begins at byte 0"));
  EXPECT_THAT(refusal(two("[0,4]", "[5,9]"), 9), HasSubstr("hole"));
  EXPECT_THAT(refusal(two("[1,5]", "[5,9]"), 9), HasSubstr("hole"));
  EXPECT_THAT(refusal(two("[0,4]", "[4,8]"), 9), HasSubstr("the tensors need 8 bytes, but the file holds 9"));
  EXPECT_THAT(refusal(two("[0,4]", "[4,8]"), 7), HasSubstr("cut short"));
  EXPECT_THAT(refusal("{}", 1), HasSubstr("need 0 bytes"));
}

TEST(SafetensorsHeader, RefusesShapesAndOffsetsThatDisagree) {
  EXPECT_THAT(refusal(tensor(R"("dtype":"F32","shape":[2,2],"data_offsets":[0,15])"), 15),
              HasSubstr("shape (2, 2) F32, which is 16 bytes, but its data_offsets are [0, 15]"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[1,0])"), 1),
              HasSubstr("data_offsets"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0])")),
              HasSubstr("more than any file holds"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0])")),
              HasSubstr("more than any file holds"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,0])")),
              HasSubstr("too large"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[18446744073709551615,0])"), 1),
              HasSubstr("data_offsets"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[0,1,2])"), 1),
              HasSubstr("two numbers"));
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","shape":[1],"data_offsets":[0])"), 1), HasSubstr("two numbers"));
  std::string ones = "1";
  for (int i = 1; i < 65; ++i) ones += ",1";
  EXPECT_THAT(refusal(tensor(R"("dtype":"U8","data_offsets":[0,1],"shape":[)" + ones + "]"), 1),
              HasSubstr("64 axes"));
}

TEST(SafetensorsHeader, RefusesValuesOfTheWrongKind) {
  for (const char* fields :
       {R"("dtype":"U8","shape":[-1],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[1.0],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[1e0],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":["1"],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[[1]],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":1,"data_offsets":[0,1])", R"("dtype":"U8","shape":null,"data_offsets":[0,1])",
        R"("dtype":"U8","shape":{},"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[true],"data_offsets":[0,1])",
        R"("dtype":8,"shape":[1],"data_offsets":[0,1])", R"("dtype":["U8"],"shape":[1],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[1],"data_offsets":"0,1")",
        R"("dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1])",
        R"("dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":{})", R"("dtype":"U8","shape":[1])",
        R"("dtype":"U8","data_offsets":[0,1])", R"("shape":[1],"data_offsets":[0,1])", ""}) {
    EXPECT_THAT(refusal(tensor(fields), 1), AllOf(StartsWith("m.safetensors: "), HasSubstr("tensor 'w'")))
        << fields;
  }
  for (const char* json :
       {R"({"w":1})", R"({"w":[]})", R"({"w":"U8"})", R"({"w":null})", R"({"__metadata__":"x"})",
        R"({"__metadata__":{"a":1}})", R"({"__metadata__":{"a":{}}})", R"({"__metadata__":{"a":[]}})"}) {
    EXPECT_THAT(refusal(json), HasSubstr("should be")) << json;
  }
}

TEST(SafetensorsHeader, NamesTypesThatItDoesNotRead) {
  EXPECT_THAT(refusal(tensor(R"("dtype":"F8_E5M2","shape":[1],"data_offsets":[0,1])"), 1),
              AllOf(HasSubstr("'F8_E5M2'"), HasSubstr("Save it as F32")));
  EXPECT_THAT(refusal(tensor(R"("dtype":"f32","shape":[1],"data_offsets":[0,4])"), 4), HasSubstr("'f32'"));
}

TEST(SafetensorsHeader, RefusesWhatIsNotOneJsonObject) {
  for (const std::string& json :
       {std::string(" {}"), std::string("[]"), std::string("{"), std::string("{} {}"), std::string("{},"),
        std::string("{}\0\0", 4), std::string("{\"a\"}"), std::string("{'a':1}"),
        std::string("\xef\xbb\xbf{}"), std::string("{\"\xff\":{}}"), std::string("{/**/}"),
        std::string("{\"a\":NaN}"), std::string(""), std::string("{\"a\":{\"shape\":[1,]}}"),
        std::string("{\"a\n\":{}}"), std::string("{\"\\ud800\":{}}")}) {
    EXPECT_THAT(refusal(json), AllOf(StartsWith("m.safetensors: "), HasSubstr("header"))) << json;
  }
}

TEST(SafetensorsHeader, IsNotHurtByDepth) {
  const std::string deep(1'000'000, '[');
  EXPECT_THAT(refusal("{\"a\":" + deep), HasSubstr("should be an object, not a list"));
  EXPECT_THAT(refusal(tensor("\"shape\":" + deep)), HasSubstr("holds a list in 'shape'"));
}

TEST(SafetensorsHeader, DoesNotShowHostileNamesAsTheyAre) {
  EXPECT_THAT(refusal("{\"\\u001b[2J\":1}"), AllOf(HasSubstr("\\x1b[2J"), testing::Not(HasSubstr("\x1b"))));
}

TEST(SafetensorsHeaderLength, MustFitTheFileAndTheLimit) {
  EXPECT_EQ(safetensors_header_length(little_endian(2, 8), 10, "m"), 2U);
  const auto refusal_of = [](std::string_view first, std::uintmax_t file_bytes) {
    return message_of(ErrorKind::kData,
                      [&] { std::ignore = safetensors_header_length(first, file_bytes, "m"); });
  };
  EXPECT_THAT(refusal_of("", 0), HasSubstr("is empty"));
  EXPECT_THAT(refusal_of("1234567", 7), HasSubstr("7 bytes, too few"));
  EXPECT_THAT(refusal_of(little_endian(3, 8), 10),
              HasSubstr("should have 3 bytes, but the file ends after 2"));
  EXPECT_THAT(refusal_of(little_endian(100'000'001, 8), 200'000'000), HasSubstr("at most 100000000"));
  EXPECT_THAT(refusal_of(little_endian(UINT64_MAX, 8), 10), HasSubstr("18446744073709551615"));
}

TEST(FormatSafetensorsHeader, SortsNamesAndPadsToEight) {
  SafetensorsHeader header;
  header.tensors = {{"b", TensorType::kFloat32, {1, 2}, 0, 8}, {"a", TensorType::kBool, {}, 8, 9}};
  const std::string json =
      R"({"a":{"data_offsets":[8,9],"dtype":"BOOL","shape":[]},"b":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]}})";
  EXPECT_EQ(format_safetensors_header(header),
            little_endian(112, 8) + json + std::string(112 - json.size(), ' '));
}

}  // namespace
}  // namespace regimetry
